const given = process.env['SEED'] ?? '1';

/** What the random questions are made from: the same ones in each run, unless SEED names another seed or says `random`. */
export const SEED = given === 'random' ? Date.now() % 2 ** 31 : Number(given);
