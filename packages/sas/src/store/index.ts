export {
  type MachineState,
  type Reading,
  SasStore,
  type SasStoreOptions,
  type StoredEvent,
} from './sas-store.ts';
export { type SourceRow, StoreSource } from './store-source.ts';
export { eventTable, machineTable, readingTable, type StoreColumn, type StoreTable } from './tables.ts';
