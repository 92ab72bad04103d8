import type { Pad, PadButton, ThingModel } from '@vakhta/things';
import { type KeyboardEvent, useState } from 'react';
import { useActing } from '../../ui/acting/acting.tsx';
import { ActionButton } from '../../ui/acting/action-button.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import css from './thing-page.module.css';

/** The remote control a model declares. While it has the focus, keys press its buttons. */
export function Pads({ thing, model }: { thing: string; model: ThingModel }) {
  const { t, say } = useWords();
  const { ask } = useActing();
  const [focused, setFocused] = useState(false);
  const { pads } = model.layout;
  if (pads.length === 0) return null;
  const byKey = new Map(
    pads
      .flatMap((pad) => pad.buttons)
      .flatMap((button): [string, PadButton][] => (button?.key ? [[button.key, button]] : [])),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const button = byKey.get(event.key);
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    // Enter and space on a button press that button, not the one that has the key.
    if ((event.key === 'Enter' || event.key === ' ') && event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    ask({ model, action: button.action, input: button.input, things: [thing] });
  };
  return (
    <PanelSection
      title={t('thing.controls')}
      aside={byKey.size > 0 && <span>{focused ? t('thing.keysOn') : t('thing.keysHint')}</span>}
    >
      <div
        className={css.pads}
        role="application"
        aria-label={t('thing.controls')}
        tabIndex={byKey.size > 0 ? 0 : -1}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {pads.map((pad) => (
          <fieldset key={say(pad.title)} className={css.pad} data-wide={pad.columns > NARROW || undefined}>
            <legend>{say(pad.title)}</legend>
            <div
              className={css.grid}
              style={{ gridTemplateColumns: `repeat(${pad.columns}, minmax(0, 1fr))` }}
            >
              {cellsOf(pad).map(({ key, button }) => (
                <div key={key} style={{ gridColumn: `span ${button?.span ?? 1}`, display: 'grid' }}>
                  {button && <PadKey button={button} model={model} thing={thing} />}
                </div>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </PanelSection>
  );
}

/** A pad of more columns than this takes the whole width: its words need the room. */
const NARROW = 3;

/** A pad's cells never move: their place names them. */
const cellsOf = ({ buttons }: Pad) => buttons.map((button, place) => ({ key: String(place), button }));

/** An arrow needs no word; a digit needs no picture; what declares both shows the word under the picture. */
function PadKey({ button, model, thing }: { button: PadButton; model: ThingModel; thing: string }) {
  return (
    <ActionButton
      model={model}
      button={button}
      things={[thing]}
      look={button.icon === undefined ? 'word' : button.label === undefined ? 'icon' : 'stacked'}
    />
  );
}
