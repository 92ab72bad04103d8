import type { Json, OrganisationId } from '@vakhta/kernel';
import type { ThingModel } from '@vakhta/things';
import { sql } from 'kysely';
import type { Tx } from '../../platform/postgres/database.ts';

/** What is told of a thing to other people's tools. */
export interface ExportedThing {
  id: string;
  organisation: OrganisationId;
  name: string;
  site: string;
  model: ThingModel;
  online: boolean;
  /** The latest of each property; null where it could not be known. */
  values: Readonly<Record<string, Json>>;
}

interface Row {
  id: string;
  org_id: OrganisationId;
  name: string;
  site: string;
  definition: ThingModel;
  online: boolean | null;
  values: Record<string, Json> | null;
}

/** Every thing of every organisation, in the order of their ids. As the system: no request asks for it. */
export async function readExportedThings(tx: Tx): Promise<ExportedThing[]> {
  const { rows } = await sql<Row>`
    select t.id, t.org_id, t.name, s.name as site, m.definition, p.online,
           (select jsonb_object_agg(name, coalesce(value, 'null')) from thing_state where thing_id = t.id) as values
    from things t
    join sites s on s.id = t.site_id
    join thing_models m on m.org_id = t.org_id and m.id = t.model
    left join thing_presence p on p.thing_id = t.id
    order by t.id`.execute(tx);
  return rows.map(({ org_id, definition, online, values, ...row }) => ({
    ...row,
    organisation: org_id,
    model: definition,
    online: online ?? false,
    values: values ?? {},
  }));
}
