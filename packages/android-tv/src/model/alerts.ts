import type { ThingModelInput } from '@vakhta/things';

/** What the desk wakes people for about a TV, besides its being out of contact. */
export const alerts = {
  cableFault: {
    title: { en: 'Cable: no link', ru: 'Кабель: нет связи' },
    help: {
      en: 'The TV has mains and should be reachable, but its Ethernet link is down: look at the plug, the cable and the port of the switch.',
      ru: 'Питание подано и телевизор должен быть доступен, но Ethernet-связи нет: проверьте разъём, кабель и порт коммутатора.',
    },
    when: { property: 'cable', equals: 'noLinkFault' },
    for: 10_000,
    severity: 'warning',
  },
  accessNeeded: {
    title: { en: 'TV waits for permission on its screen', ru: 'Телевизор ждёт разрешения на экране' },
    help: {
      en: 'Somebody has to accept the connection on the TV itself, with "Always allow".',
      ru: 'Нужно подтвердить подключение на самом телевизоре, отметив «Всегда разрешать».',
    },
    when: { property: 'connection', equals: 'awaitingAuthorisation' },
    for: 60_000,
    severity: 'notice',
  },
} satisfies ThingModelInput['alerts'];
