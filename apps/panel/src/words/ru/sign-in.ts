import type { signIn as english, errors as englishErrors, rules as englishRules } from '../en/sign-in.ts';
import type { RussianOf } from '../russian-of.ts';

export const signIn: RussianOf<typeof english> = {
  title: 'Вход',
  lead: 'Дежурный пульт',
  email: 'Электронная почта',
  password: 'Пароль',
  submit: 'Войти',
  forgotten: 'Забыли пароль? Новый задаст администратор сервера командой vakhta member password.',
  nowhere: {
    title: 'Вы не состоите ни в одной организации',
    text: 'Попросите владельца или управляющего добавить {{email}} в участники и возвращайтесь.',
  },
};

export const errors: RussianOf<typeof englishErrors> = {
  bad_request: 'Сервер не понял запрос.',
  invalid_field: 'Что-то заполнено неверно.',
  not_signed_in: 'Сеанс закончился. Войдите снова.',
  wrong_credentials: 'Неверная почта или пароль.',
  forbidden: 'Ваша роль этого не позволяет.',
  not_found: 'Этого здесь больше нет.',
  conflict: 'Это успели изменить, или такое имя занято. Проверьте и повторите.',
  in_use: 'Это ещё используется.',
  already_used: 'Это уже использовано.',
  last_owner: 'Организации нужен владелец, а это последний.',
  unprocessable: 'С такими данными это невыполнимо.',
  no_such_action: 'Это устройство так не умеет.',
  too_large: 'Слишком большой объём.',
  too_many_requests: 'Слишком много попыток. Подождите минуту и попробуйте снова.',
  internal: 'Ошибка на сервере. Попробуйте снова; если повторится, сообщите администратору.',
  unavailable: 'Сервер сейчас не может это сделать. Попробуйте чуть позже.',
  unreachable: 'Сервер недоступен. Проверьте сеть.',
  unexpected: 'Что-то пошло не так: {{detail}}',
};

export const rules: RussianOf<typeof englishRules> = {
  required: 'Нужно заполнить',
  type: 'Не тот вид значения',
  integer: 'Нужно целое число',
  number: 'Нужно число',
  minimum: 'Не меньше {{expected}}',
  maximum: 'Не больше {{expected}}',
  minLength_one: 'Не короче {{count}} символа',
  minLength_few: 'Не короче {{count}} символов',
  minLength_many: 'Не короче {{count}} символов',
  minLength_other: 'Не короче {{count}} символа',
  maxLength_one: 'Не длиннее {{count}} символа',
  maxLength_few: 'Не длиннее {{count}} символов',
  maxLength_many: 'Не длиннее {{count}} символов',
  maxLength_other: 'Не длиннее {{count}} символа',
  pattern: 'Не та форма записи',
  enum: 'Нет среди вариантов',
  additionalProperties: 'Неизвестное поле',
  email: 'Это не адрес почты',
  other: 'Не принято: {{message}}',
};
