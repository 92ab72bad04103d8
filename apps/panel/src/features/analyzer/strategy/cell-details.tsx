import { PanelSection } from '../../../ui/panel-section.tsx';
import { useAnalyzerWords } from '../../../words/analyzer-words.ts';
import { cardName, cardsName } from '../card-names.ts';
import { countText, evText } from '../ev-text.ts';
import { type HandLine, type PlayEvs, plays } from '../jobs/job-shapes.ts';
import css from './chart.module.css';
import { leadOf, ranked } from './chart-rows.ts';

/** What each play of a hand is worth, the best one marked. */
export function PlayEvList({ evs }: { evs: PlayEvs }) {
  const { t, language } = useAnalyzerWords();
  const best = ranked(evs)[0]?.[0];
  return (
    <dl className={css.evs}>
      {plays.map((play) => (
        <div key={play} data-best={play === best || undefined}>
          <dt>{t(`play.${play}`)}</dt>
          <dd data-none={evs[play] === null || undefined}>
            {evs[play] === null ? t('strategy.notAllowed') : evText(evs[play], language, 6)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** One cell of a chart, opened. */
export function CellDetails({ line, peeks }: { line: HandLine; peeks: boolean }) {
  const { t, language } = useAnalyzerWords();
  const lead = leadOf(line.evs);
  const notes = [
    lead !== null && t('strategy.lead', { ev: evText(lead, language, 6) }),
    line.chance > 0 && t('strategy.dealt', { count: countText(1 / line.chance, language) as never }),
    (line.up === 1 || line.up === 10) && t(peeks ? 'strategy.conditional' : 'strategy.unconditional'),
    t('strategy.compositionEvs'),
  ];
  return (
    <PanelSection
      title={`${cardsName(line.cards)} ${t('against', { card: cardName(line.up) })}`}
      aside={t(`play.${line.play}`)}
    >
      <PlayEvList evs={line.evs} />
      {notes.map(
        (note) =>
          note && (
            <p key={note} className={css.text}>
              {note}
            </p>
          ),
      )}
    </PanelSection>
  );
}
