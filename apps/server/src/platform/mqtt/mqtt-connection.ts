import mqtt from 'mqtt';

export interface MqttOptions {
  /** mqtt:// or mqtts://, with the account in it. */
  url: string;
  /** Published for us by the broker once we are gone, and kept for whoever comes later. */
  will: { topic: string; payload: string };
  /** Connected, for the first time or again; what the broker holds may be of another life. */
  onConnect(): void;
  onMessage(topic: string, payload: string): void;
  onError(error: Error): void;
}

/** A connection to a broker that is made again by itself. */
export interface MqttConnection {
  readonly isConnected: boolean;
  /** At least once while connected; nothing is kept for later while not. */
  publish(topic: string, payload: string, options: { retain: boolean }): void;
  subscribe(topic: string): void;
  /** Says goodbye; the will is not published. */
  close(): Promise<void>;
}

const PATIENCE = 10_000;
const RETRY = 5000;

export function connectMqtt(options: MqttOptions): MqttConnection {
  const client = mqtt.connect(options.url, {
    will: { topic: options.will.topic, payload: Buffer.from(options.will.payload), qos: 1, retain: true },
    connectTimeout: PATIENCE,
    reconnectPeriod: RETRY,
    // A broker that is away for a week must not fill the memory.
    queueQoSZero: false,
    resubscribe: false,
  });
  client.on('connect', () => options.onConnect());
  client.on('message', (topic, payload) => options.onMessage(topic, payload.toString()));
  client.on('error', (error) => options.onError(error));
  return {
    get isConnected() {
      return client.connected;
    },
    publish(topic, payload, { retain }) {
      if (!client.connected) return;
      client.publish(topic, payload, { qos: 1, retain }, (error) => {
        if (error) options.onError(error);
      });
    },
    subscribe(topic) {
      client.subscribe(topic, { qos: 1 }, (error) => {
        if (error) options.onError(error);
      });
    },
    close: () => client.endAsync(!client.connected),
  };
}
