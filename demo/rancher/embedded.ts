/** The backend in memory: one store of objects, and Steve's and Kubernetes' paths on it. */
import { PREFIXES, type MakeBackend } from './backend';
import { kubernetesRoutes } from './kubernetes';
import { createObjects } from './objects';
import { plantSeed } from './seed';
import { createPreferences } from './steve/preferences';
import { steveRoutes } from './steve/routes';

export const embeddedBackend: MakeBackend = ({ serverVersion, mutators: mutatorsFor }) => {
  const objects = createObjects();
  const mutators = mutatorsFor(objects);
  const steve = { objects, preferences: createPreferences(serverVersion), mutators, serverVersion };

  plantSeed(objects, serverVersion);

  return Promise.resolve({
    objects,
    addRoutes: (app) => {
      for (const prefix of PREFIXES) {
        steveRoutes(app, prefix, steve);
        kubernetesRoutes(app, prefix, objects, mutators);
      }

      return Promise.resolve();
    },
    close: () => Promise.resolve()
  });
};
