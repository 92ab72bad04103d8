import type { casino as english } from '../en/casino.ts';
import type { RussianOf } from '../russian-of.ts';

export const casino: RussianOf<typeof english> = {
  title: 'Казино',
  lead: 'Автоматы, гости, деньги и игровые дни каждого зала.',
  hall: 'Зал',
  gameDay: 'Игровой день',
  noHalls: 'Залов пока нет',
  noHallsText: 'Управляющий делает объект залом, и его автоматы появляются здесь.',
  noHallsManager: 'Сделайте один из объектов залом: часовой пояс, валюта, начало игрового дня.',
  noSuchHall: 'Такого зала нет',
  noSuchHallText: 'Возможно, это адрес другой организации или зал удалён.',
  tabs: {
    label: 'Страницы зала',
    floor: 'Зал',
    desk: 'Касса',
    handpays: 'Ручные выплаты',
    players: 'Гости',
    alerts: 'Тревоги',
    inbox: 'Входящие',
    approvals: 'Подтверждения',
    days: 'Игровые дни',
    reports: 'Отчёты',
    setUp: 'Устройство зала',
  },
};
