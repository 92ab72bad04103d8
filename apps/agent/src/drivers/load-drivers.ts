import { UsageError } from '@vakhta/kernel';
import { type DriverModule, ThingModel } from '@vakhta/things';

/** The drivers that come with the agent: named literally, so that a bundle of the agent holds them. */
const included: Record<string, () => Promise<Record<string, unknown>>> = {
  '@vakhta/android-tv/driver': () => import('@vakhta/android-tv/driver'),
  '@vakhta/egm/driver': () => import('@vakhta/egm/driver'),
};

/**
 * Loads drivers by the names of the modules that export them ('@vakhta/android-tv/driver', or a file URL). Throws
 * `UsageError` that names the module and what is missing: an agent without its drivers must not look healthy.
 */
export async function loadDrivers(specifiers: readonly string[]): Promise<DriverModule[]> {
  const modules = await Promise.all(specifiers.map(loadDriver));
  const seen = new Set<string>();
  for (const { model } of modules) {
    if (seen.has(model.id))
      throw new UsageError('agent.driver_twice', `two drivers for the model '${model.id}'`);
    seen.add(model.id);
  }
  return modules;
}

async function loadDriver(specifier: string): Promise<DriverModule> {
  const load = included[specifier] ?? (() => import(specifier));
  const imported: Record<string, unknown> = await load().catch((cause: unknown) => {
    throw new UsageError('agent.driver_not_found', `the driver '${specifier}' cannot be loaded: ${cause}`, {
      cause,
    });
  });
  const driver = imported.default ?? imported.driver;
  if (!isDriverModule(driver))
    throw new UsageError(
      'agent.not_a_driver',
      `'${specifier}' must export a driver as 'default' or 'driver': { model, open }`,
    );
  return driver;
}

function isDriverModule(value: unknown): value is DriverModule {
  return (
    typeof value === 'object' &&
    value !== null &&
    'open' in value &&
    typeof value.open === 'function' &&
    'model' in value &&
    ThingModel.safeParse(value.model).success
  );
}
