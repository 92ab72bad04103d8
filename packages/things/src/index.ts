export * from './data-schema.ts';
export * from './define-thing.ts';
export * from './driver.ts';
export * from './localized.ts';
export * from './thing-description.ts';
export * from './thing-model.ts';
