import type { CasinoMachineDetail } from '@vakhta/api';
import { PanelSection } from '../../../ui/panel-section.tsx';
import { useWords } from '../../../words/words.ts';
import { useAlertTexts } from '../alert-texts.ts';
import { FigureTable } from '../figure-table.tsx';
import css from './machine.module.css';

/** The machine's own meters as last read, and since it came to the hall; and whether they agree with one another. */
export function Meters({ machine }: { machine: CasinoMachineDetail }) {
  const { t, language } = useWords();
  const { meterTextOf } = useAlertTexts();
  const whole = new Intl.NumberFormat(language);
  const codes = Object.keys(machine.meters).sort();
  const isBalanced = machine.identityDifferenceCredits === 0;
  return (
    <div className={css.wide}>
      <PanelSection
        title={t('casinoFloor.machine.meters')}
        text={
          <span data-balanced={isBalanced} className={css.identity}>
            {isBalanced
              ? t('casinoFloor.machine.balanced')
              : t('casinoFloor.machine.unbalanced', {
                  credits: whole.format(machine.identityDifferenceCredits),
                })}
          </span>
        }
      >
        <FigureTable
          label={t('casinoFloor.machine.meters')}
          words={[t('casinoFloor.machine.meter')]}
          figures={[
            t('casinoFloor.machine.code'),
            t('casinoFloor.machine.value'),
            t('casinoFloor.machine.lifetime'),
          ]}
        >
          {codes.map((code) => (
            <tr key={code}>
              <th scope="row">{meterTextOf(code)}</th>
              <td>
                <code>{code}</code>
              </td>
              <td>{whole.format(machine.meters[code] ?? 0)}</td>
              <td>{whole.format(machine.lifetime[code] ?? 0)}</td>
            </tr>
          ))}
        </FigureTable>
      </PanelSection>
    </div>
  );
}
