import type { ThingModel } from '@vakhta/things';
import { ActionButton } from '../../ui/acting/action-button.tsx';
import { PanelSection } from '../../ui/panel-section.tsx';
import { useWords } from '../../words/words.ts';
import css from './thing-page.module.css';

/** The actions that no pad has a button for; what they need is asked for. */
export function OtherActions({ thing, model }: { thing: string; model: ThingModel }) {
  const { t } = useWords();
  const onPads = new Set(model.layout.pads.flatMap(({ buttons }) => buttons.map((button) => button?.action)));
  const others = Object.keys(model.actions).filter(
    (action) => !onPads.has(action) || model.actions[action]?.input,
  );
  if (others.length === 0) return null;
  return (
    <PanelSection title={t('thing.otherActions')}>
      <div className={css.actions}>
        {others.map((action) => (
          <ActionButton key={action} model={model} button={{ action, input: {}, span: 1 }} things={[thing]} />
        ))}
      </div>
    </PanelSection>
  );
}
