import type { Thing } from '@vakhta/api';
import type { PropertyAffordance, ThingModel } from '@vakhta/things';
import { Age } from '../../ui/age.tsx';
import { useValueWords } from '../../ui/format/use-value-words.ts';
import { formatValue } from '../../ui/format/value.ts';
import { PanelSection } from '../../ui/panel-section.tsx';
import { Reading } from '../../ui/reading.tsx';
import { useWords } from '../../words/words.ts';
import css from './thing-page.module.css';

type Section = PropertyAffordance['section'];

interface ReadingsProps {
  thing: Thing;
  model: ThingModel;
  sections: readonly Section[];
}

/** Every property with its age, in the sections its model puts it in. */
export function Readings({ thing, model, sections }: ReadingsProps) {
  const { t } = useWords();
  const names = Object.keys(model.properties);
  // What is asked for is shown beside what is, not as a reading of its own.
  const asked = new Set(Object.values(model.properties).flatMap((property) => property.asked ?? []));
  return sections.map((section) => {
    const shown = names.filter((name) => model.properties[name]?.section === section && !asked.has(name));
    if (shown.length === 0) return null;
    return (
      <PanelSection key={section} title={t(`thing.section.${section}`)}>
        <dl className={css.readings}>
          {shown.map((name) => (
            <Reading
              key={name}
              thing={thing}
              model={model}
              name={name}
              withAge={section !== 'identity'}
              whole
            />
          ))}
        </dl>
      </PanelSection>
    );
  });
}

/** The values of a thing whose model nobody here has: better raw than hidden. */
export function RawReadings({ thing }: { thing: Thing }) {
  const { t } = useWords();
  const words = useValueWords();
  return (
    <PanelSection title={t('thing.section.state')}>
      <p className={css.note}>{t('thing.unknownModel', { model: thing.model })}</p>
      <dl className={css.readings}>
        {Object.entries(thing.properties).map(([name, { value, at }]) => (
          <div key={name} className={css.raw}>
            <dt className={css.quiet}>
              {name} · <Age at={at} />
            </dt>
            <dd>{formatValue(undefined, value, words, 0)}</dd>
          </div>
        ))}
      </dl>
    </PanelSection>
  );
}
