export * from './codec/index.ts';
export * from './host/index.ts';
