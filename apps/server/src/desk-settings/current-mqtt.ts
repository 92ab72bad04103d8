import { isDeepStrictEqual } from 'node:util';
import { MqttExport, type MqttExportDeps, type MqttExportSettings } from '../core/mqtt-export/mqtt-export.ts';

/** The export to the broker of the settings as they are now. */
export class CurrentMqtt {
  readonly #deps: Omit<MqttExportDeps, keyof MqttExportSettings>;
  #settings: MqttExportSettings | undefined;
  #running: MqttExport | undefined;
  #changing: Promise<void> = Promise.resolve();

  constructor(deps: Omit<MqttExportDeps, keyof MqttExportSettings>) {
    this.#deps = deps;
  }

  /** Says goodbye to the former broker before it greets the next. */
  follow(settings: MqttExportSettings | undefined): void {
    if (isDeepStrictEqual(settings, this.#settings)) return;
    this.#settings = settings;
    this.#changing = this.#changing.then(() => this.#change(settings));
  }

  async close(): Promise<void> {
    this.follow(undefined);
    await this.#changing;
  }

  async #change(settings: MqttExportSettings | undefined): Promise<void> {
    await this.#running?.close().catch((err: unknown) => this.#deps.log.warn({ event: 'mqtt.failed', err }));
    this.#running = settings && new MqttExport({ ...settings, ...this.#deps });
  }
}
