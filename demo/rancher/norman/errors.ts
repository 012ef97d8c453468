/**
 * The errors of `/v3`.
 *
 * Source: norman httperror (NewFieldAPIError: 422 MissingRequired, InvalidFormat), api/writer
 */
import type { JsonObject } from '../json';

export class NormanError extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly field?: string) {
    super(message);
  }
}

/** The body of an error. */
export function normanErrorBody({ status, code, message, field }: NormanError): JsonObject {
  return { baseType: 'error', code, ...(field === undefined ? {} : { fieldName: field }), message, status, type: 'error' };
}

export function missingRequired(field: string): NormanError {
  return new NormanError(422, 'MissingRequired', '', field);
}

export function notAMap(field: string): NormanError {
  return new NormanError(422, 'InvalidFormat', 'value is not a map', field);
}
