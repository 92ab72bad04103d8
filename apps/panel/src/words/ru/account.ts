import type { account as english } from '../en/account.ts';
import type { RussianOf } from '../russian-of.ts';

export const account: RussianOf<typeof english> = {
  title: 'Профиль',
  signedInAs: 'Вы вошли как',
  roles: 'Ваши роли в организации «{{organisation}}»',
  appearance: 'Язык и тема',
  onThisDevice: 'Запоминается на этом устройстве.',
  password: {
    title: 'Пароль',
    current: 'Нынешний пароль',
    next: 'Новый пароль',
    hint: 'Не короче десяти символов. Длинная фраза лучше замысловатых знаков.',
    consequence: 'Ваши сеансы на других устройствах завершатся.',
    submit: 'Сменить пароль',
    changed: 'Пароль сменён. Остальные сеансы завершены.',
    wrong: 'Это не ваш нынешний пароль.',
  },
  tokens: {
    title: 'Токены API',
    text: 'Программа с токеном действует от вашего имени и с вашими ролями в этой организации.',
    empty: 'Токенов нет. Создайте токен для сценария или другой системы, которой нужен API.',
    name: 'Для чего',
    namePlaceholder: 'например, ночной отчёт',
    create: 'Создать токен',
    once: 'Скопируйте сейчас: больше он показан не будет.',
    created: 'Создан',
    lastUsed: 'Последнее обращение',
    never: 'не было',
    revoke: 'Отозвать',
    revokeTitle: 'Отозвать «{{name}}»?',
    revokeText: 'Всё, что им пользуется, с этой минуты получит отказ. Вернуть токен нельзя.',
    revoked: 'Токен отозван',
  },
  organisation: {
    title: 'Организация',
    name: 'Название',
    switch: 'Работать в',
  },
};
