/** Who received a lot, and who of them has been told. */
import { SITE_IDS } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { DateOut, Id, Instant, InstantOut, optionalText, page, pageQuery } from '../values.js';
import { Lot } from './products.js';
import { PatientName } from './shared.js';

/** advised: spoken to and told what to do · reached: spoken to, advice still open · not-reached · refused: wants no advice. */
export const RECALL_OUTCOMES = ['advised', 'reached', 'not-reached', 'refused'] as const;

export const RecallContact = z
  .object({
    id: Id,
    outcome: z.enum(RECALL_OUTCOMES),
    note: z.string().nullable(),
    contactedAt: InstantOut,
    recordedByName: z.string(),
  })
  .meta({ id: 'RecallContact' });

export const LotRecipient = z
  .object({
    patient: PatientName,
    phone: z.string().nullable(),
    interpreterLanguage: z.string().nullable(),
    deceasedOn: DateOut.nullable(),
    /** Every dose from the lot that stands, oldest first. */
    doses: z.array(z.object({ givenOn: DateOut, site: z.enum(SITE_IDS).nullable() })),
    /** Adverse events after one of these doses. */
    reactions: z.int(),
    /** Latest first: where it stands is the first. */
    contacts: z.array(RecallContact),
  })
  .meta({ id: 'LotRecipient' });

export const LotRecall = z
  .object({
    lot: Lot,
    recipients: z.int(),
    advised: z.int(),
    reached: z.int(),
    notReached: z.int(),
    refused: z.int(),
    untried: z.int(),
    /** Died, and nobody of the household was told yet. */
    deceased: z.int(),
  })
  .meta({ id: 'LotRecall' });

const LotParams = z.strictObject({ lotId: Id });
const tag = 'Products and lots';
const filter = {
  contact: z
    .enum([...RECALL_OUTCOMES, 'untried', 'open'])
    .optional()
    .meta({ description: '`open`: alive, and neither advised nor refused' }),
};

export const readLotRecall = route({
  method: 'GET',
  path: '/lots/:lotId/recall',
  tag,
  summary: 'How many received the lot, and how many of them were told',
  access: { needs: 'lot.read' },
  params: LotParams,
  response: LotRecall,
});
export const listLotRecipients = route({
  method: 'GET',
  path: '/lots/:lotId/recipients',
  tag,
  summary: 'Everyone who received the lot, by name, with where the contact stands',
  access: { needs: 'lot.read' },
  params: LotParams,
  query: z.strictObject({ ...filter, ...pageQuery }),
  response: page(LotRecipient),
});
export const exportLotRecipients = route({
  method: 'GET',
  path: '/lots/:lotId/recipients/export',
  tag,
  summary: 'The recall list as CSV, with names and telephone numbers; the download is audited',
  access: { needs: 'recall.export' },
  params: LotParams,
  query: z.strictObject(filter),
  file: 'text/csv',
  response: z.string(),
});
export const recordRecallContact = route({
  method: 'POST',
  path: '/lots/:lotId/recipients/:patientId/contacts',
  tag,
  summary: 'What came of an attempt to tell somebody about the lot',
  access: { needs: 'recall.contact' },
  params: z.strictObject({ lotId: Id, patientId: Id }),
  body: z
    .strictObject({
      outcome: z.enum(RECALL_OUTCOMES),
      note: optionalText(1000),
      contactedAt: Instant.optional().meta({ description: 'Now, unless given.' }),
    })
    .meta({ id: 'RecordRecallContact' }),
  response: LotRecipient,
  status: 201,
  idempotent: true,
  unversioned: 'adds',
});

export type LotRecipient = z.output<typeof LotRecipient>;
export type LotRecall = z.output<typeof LotRecall>;
