export { type KeptHost, keepFrom } from './keep-from.ts';
export type { MachineState, Reading, StoredEvent } from './records.ts';
export { SasStore, type SasStoreOptions } from './sas-store.ts';
export { type SourceRow, StoreSource } from './store-source.ts';
export { eventTable, machineTable, readingTable, type StoreColumn, type StoreTable } from './tables.ts';
