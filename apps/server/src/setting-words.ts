import type { Localized } from '@vakhta/things';
import type { settings } from './config.ts';

/** What a setting is called and what it does, for whoever runs the server; the English help is what `--help` says. */
export const settingWords = {
  VAKHTA_PORT: {
    label: { en: 'Port', ru: 'Порт' },
    help: {
      en: 'Port to listen on; 0 for any free one',
      ru: 'Порт, который слушает сервер; 0 — любой свободный',
    },
  },
  VAKHTA_HOST: {
    label: { en: 'Address', ru: 'Адрес' },
    help: {
      en: 'Address to listen on; anything but loopback needs TLS',
      ru: 'Адрес, который слушает сервер; для всего, кроме loopback, нужен TLS',
    },
  },
  VAKHTA_DATA: {
    label: { en: 'Data directory', ru: 'Каталог данных' },
    help: { en: 'Directory for everything that is kept', ru: 'Каталог для всего, что хранится' },
  },
  DATABASE_URL: {
    label: { en: 'Database', ru: 'База данных' },
    help: {
      en: 'A PostgreSQL (15 or newer) of your own; without it one is run in the data directory',
      ru: 'Ваш собственный PostgreSQL (15 или новее); без него база работает в каталоге данных',
    },
  },
  VAKHTA_TLS_CERT: {
    label: { en: 'Certificate', ru: 'Сертификат' },
    help: {
      en: 'PEM file of the certificate with its chain',
      ru: 'PEM-файл сертификата вместе с цепочкой',
    },
  },
  VAKHTA_TLS_KEY: {
    label: { en: 'Private key', ru: 'Закрытый ключ' },
    help: { en: 'PEM file of the certificate’s private key', ru: 'PEM-файл закрытого ключа сертификата' },
  },
  VAKHTA_TLS_LOCAL: {
    label: { en: 'Certificate of our own', ru: 'Собственный сертификат' },
    help: {
      en: '1: use the certificate that `vakhta tls init` made, and renew it in time',
      ru: '1: использовать сертификат, созданный командой `vakhta tls init`, и вовремя обновлять его',
    },
  },
  VAKHTA_BEHIND_PROXY: {
    label: { en: 'Behind a proxy', ru: 'За прокси' },
    help: {
      en: '1: a proxy in front does TLS and sets X-Forwarded-For, -Proto and -Host',
      ru: '1: прокси впереди обеспечивает TLS и передаёт X-Forwarded-For, -Proto и -Host',
    },
  },
  VAKHTA_PUBLIC_URL: {
    label: { en: 'Public address', ru: 'Адрес для людей' },
    help: {
      en: 'Where people open the desk, for the links in mails; the address it listens on unless given',
      ru: 'По какому адресу люди открывают пульт, для ссылок в письмах; если не задан — тот, который слушает сервер',
    },
  },
  VAKHTA_SMTP_URL: {
    label: { en: 'Mail server', ru: 'Почтовый сервер' },
    help: {
      en: 'Mail server that alerts are sent through, smtps://user:password@host; without it no mail is sent',
      ru: 'Почтовый сервер для отправки тревог, smtps://user:password@host; без него письма не отправляются',
    },
  },
  VAKHTA_MAIL_FROM: {
    label: { en: 'Sender of mails', ru: 'Отправитель писем' },
    help: {
      en: 'Sender of mails, “Vakhta <desk@example.org>”; needed with VAKHTA_SMTP_URL',
      ru: 'Отправитель писем, «Вахта <desk@example.org>»; нужен вместе с VAKHTA_SMTP_URL',
    },
  },
  VAKHTA_KEEP_VALUES_DAYS: {
    label: { en: 'Values are kept, days', ru: 'Хранить значения, дней' },
    help: {
      en: 'How long values of properties stay in the log, in days; a month goes once all of it is older; for good unless given',
      ru: 'Сколько дней значения свойств остаются в журнале; месяц удаляется, когда устарел целиком; если не задано — всегда',
    },
  },
  VAKHTA_KEEP_CONTACT_DAYS: {
    label: { en: 'Contact is kept, days', ru: 'Хранить отклик, дней' },
    help: {
      en: 'How long the log says when things answered and when not, in days; for good unless given',
      ru: 'Сколько дней журнал помнит, когда устройства откликались, а когда нет; если не задано — всегда',
    },
  },
  VAKHTA_KEEP_EVENTS_DAYS: {
    label: { en: 'Events are kept, days', ru: 'Хранить события, дней' },
    help: {
      en: 'How long events and what became of commands stay in the log, in days; for good unless given',
      ru: 'Сколько дней события и исход команд остаются в журнале; если не задано — всегда',
    },
  },
  VAKHTA_CASINO_MIRROR_URL: {
    label: { en: 'Casino mirror', ru: 'Зеркало казино' },
    help: {
      en: 'Database of your own that the books of every casino hall are copied into, postgres://user:password@host/database or mssql://…; without it none is',
      ru: 'Ваша база, в которую копируется учёт всех залов казино, postgres://user:password@host/database или mssql://…; без неё не копируется',
    },
  },
  VAKHTA_CASINO_MIRROR_SCHEMA: {
    label: { en: 'Schema of the mirror', ru: 'Схема зеркала' },
    help: {
      en: 'Schema in that database; it is made if it is missing',
      ru: 'Схема в этой базе; если её нет, она создаётся',
    },
  },
  VAKHTA_MQTT_URL: {
    label: { en: 'MQTT broker', ru: 'MQTT-брокер' },
    help: {
      en: 'MQTT broker that states and events are told to, mqtts://user:password@host; without it none is told',
      ru: 'MQTT-брокер, которому передаются состояния и события, mqtts://user:password@host; без него не передаются',
    },
  },
  VAKHTA_MQTT_TOPIC: {
    label: { en: 'MQTT topic', ru: 'Тема MQTT' },
    help: {
      en: 'Topic at the broker below which everything of this desk stands',
      ru: 'Тема у брокера, под которой находится всё от этого сервера',
    },
  },
  VAKHTA_MQTT_DISCOVERY: {
    label: { en: 'Home Assistant’s topic', ru: 'Тема Home Assistant' },
    help: {
      en: 'Topic below which Home Assistant looks for devices',
      ru: 'Тема, под которой Home Assistant ищет устройства',
    },
  },
  VAKHTA_MQTT_LANGUAGE: {
    label: { en: 'Language at the broker', ru: 'Язык у брокера' },
    help: {
      en: 'Language of the names that Home Assistant is told: en, ru',
      ru: 'Язык названий, которые получает Home Assistant: en, ru',
    },
  },
  VAKHTA_LOG_LEVEL: {
    label: { en: 'Log level', ru: 'Подробность журнала' },
    help: {
      en: 'The least important log lines: debug, info, warn, error, fatal, silent',
      ru: 'Самые незначительные строки журнала: debug, info, warn, error, fatal, silent',
    },
  },
  VAKHTA_SIGNING_KEY: {
    label: { en: 'Signing key', ru: 'Ключ подписи' },
    help: {
      en: 'Ed25519 key (PKCS#8 PEM) that signs commands; else kept in the data directory',
      ru: 'Ключ Ed25519 (PKCS#8 PEM), которым подписываются команды; иначе хранится в каталоге данных',
    },
  },
  VAKHTA_SESSION_SECRET: {
    label: { en: 'Session secret', ru: 'Секрет сеансов' },
    help: {
      en: 'Signs session cookies; else kept in the data directory',
      ru: 'Подписывает cookie сеансов; иначе хранится в каталоге данных',
    },
  },
  VAKHTA_DATABASE_PASSWORD: {
    label: { en: 'Database password', ru: 'Пароль базы данных' },
    help: {
      en: 'Of the embedded PostgreSQL; else kept in the data directory',
      ru: 'Пароль встроенного PostgreSQL; иначе хранится в каталоге данных',
    },
  },
} as const satisfies Record<keyof typeof settings, { label: Localized; help: Localized }>;
