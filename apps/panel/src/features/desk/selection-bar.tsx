import { Button, CloseButton, Menu, SegmentedControl } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useModels } from '../../app/directory.ts';
import { selection, useSelection } from '../../app/selection.ts';
import { things } from '../../live/live.ts';
import { useActing } from '../../ui/acting/acting.tsx';
import { ActionButton } from '../../ui/acting/action-button.tsx';
import { ThingIcon } from '../../ui/thing-icon.tsx';
import { useWords } from '../../words/words.ts';
import css from './selection-bar.module.css';

/** What can be asked of everything selected. Things of several kinds are acted on kind by kind. */
export function SelectionBar() {
  const { t, say } = useWords();
  const models = useModels();
  const selected = useSelection();
  const { ask } = useActing();
  const [chosen, setChosen] = useState<string>();
  const byModel = Map.groupBy(
    [...selected].flatMap((id) => things.get(id) ?? []),
    (thing) => thing.model,
  );
  const id = chosen !== undefined && byModel.has(chosen) ? chosen : byModel.keys().next().value;
  const model = id === undefined ? undefined : models.get(id);
  if (id === undefined || !model) return null;
  const ids = (byModel.get(id) ?? []).map((thing) => thing.id);
  return (
    <section className={css.bar} data-selection-bar aria-label={t('desk.selection')}>
      <div className={css.what}>
        <strong>{t('desk.selected', { count: selected.size })}</strong>
        <CloseButton aria-label={t('desk.clearSelection')} onClick={() => selection.set([])} />
      </div>
      {byModel.size > 1 && (
        <SegmentedControl
          size="xs"
          aria-label={t('desk.kind')}
          value={id}
          onChange={setChosen}
          data={[...byModel].map(([value, of]) => ({
            value,
            label: `${say(models.get(value)?.title ?? { en: value, ru: value })} · ${of.length}`,
          }))}
        />
      )}
      <div className={css.actions}>
        {model.layout.quick.map((button) => (
          <ActionButton
            key={`${button.action}${JSON.stringify(button.input)}`}
            model={model}
            button={button}
            things={ids}
          />
        ))}
        <Menu position="top-end" width={280} shadow="md">
          <Menu.Target>
            <Button variant="default" leftSection={<IconDots size={18} />}>
              {t('desk.moreActions')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={css.menu}>
            {Object.entries(model.actions).map(([action, affordance]) => (
              <Menu.Item
                key={action}
                leftSection={<ThingIcon name={affordance.icon ?? 'player-play'} size={17} />}
                onClick={() => ask({ model, action, things: ids })}
              >
                {say(affordance.title)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </section>
  );
}
