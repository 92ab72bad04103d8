import { Button } from '@mantine/core';
import { IconLock, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import type { CasinoMachine, MachineOrder } from '@vakhta/api';
import { useState } from 'react';
import { ConfirmAction } from '../../../ui/confirm-action.tsx';
import { tellDone, tellRefused } from '../../../ui/notify.ts';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useErrorText } from '../../../words/error-text.ts';
import { useWords } from '../../../words/words.ts';
import { LatestOrder } from './latest-order.tsx';
import css from './machine.module.css';
import { useOrder } from './use-order.ts';

/** What floor staff may have a machine do. */
export function MachineOrders({ machine }: { machine: CasinoMachine }) {
  const { t } = useWords();
  const textOf = useErrorText();
  const order = useOrder();
  const [asking, setAsking] = useState<'enable' | 'disable'>();
  const send = async (what: MachineOrder) => {
    await order(machine, what);
    tellDone(t('casinoFloor.machine.asked'));
  };
  const isGone = machine.link !== 'online' || machine.thing === null;
  return (
    <PanelSection title={t('casinoFloor.machine.orders')}>
      <div className={css.buttons}>
        <Button
          variant="default"
          leftSection={<IconRefresh size={17} />}
          disabled={isGone}
          onClick={() => send('readNow').catch((error: unknown) => tellRefused(textOf(error)))}
        >
          {t('casinoFloor.machine.readNow')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconLock size={17} />}
          disabled={isGone}
          onClick={() => setAsking('disable')}
        >
          {t('casinoFloor.machine.disable')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={17} />}
          disabled={isGone}
          onClick={() => setAsking('enable')}
        >
          {t('casinoFloor.machine.enable')}
        </Button>
      </div>
      {isGone && <p className={css.text}>{t('casinoFloor.machine.gone')}</p>}
      {machine.thing !== null && <LatestOrder thing={machine.thing} />}
      {asking && (
        <ConfirmAction
          opened
          onClose={() => setAsking(undefined)}
          title={t(`casinoFloor.machine.${asking}Title`, { machine: machine.machine })}
          action={t(`casinoFloor.machine.${asking}`)}
          onConfirm={() => send(asking)}
        >
          {t(`casinoFloor.machine.${asking}Text`)}
        </ConfirmAction>
      )}
    </PanelSection>
  );
}
