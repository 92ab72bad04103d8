import { AppError, type Json } from '@vakhta/kernel';
import { toHex } from '../codec/hex.ts';

/** What an event told, as JSON: bytes as hex, large whole numbers as texts, errors by code; what JSON cannot say is null. */
export function jsonOf(value: unknown): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return value.toString();
    case 'object':
      if (value === null) return null;
      if (value instanceof Uint8Array) return toHex(value);
      if (value instanceof Error)
        return { code: value instanceof AppError ? value.code : value.name, message: value.message };
      if (Array.isArray(value)) return value.map(jsonOf);
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, member]) => member !== undefined)
          .map(([name, member]) => [name, jsonOf(member)]),
      );
    default:
      return null;
  }
}
