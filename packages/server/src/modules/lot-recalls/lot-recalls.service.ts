/** A recall in one step: everyone who received the lot, and who of them has been told. */
import { Injectable } from '@nestjs/common';
import { dateInZone } from '@vastus/clinical';
import {
  type Answer,
  type exportLotRecipients,
  type Input,
  type LotRecall,
  type LotRecipient,
  type listLotRecipients,
  recordRecallContact,
} from '@vastus/contract';
import { insert, newId } from '@vastus/db';
import { audit } from '../../platform/audit.js';
import { Clock, isFuture } from '../../platform/clock.js';
import { Commands } from '../../platform/commands.js';
import { type Cell, csv } from '../../platform/csv.js';
import { notifyChange } from '../../platform/live/live.js';
import { invalid, problem } from '../../platform/problems/problem.js';
import type { Caller } from '../../platform/routing/caller.js';
import { FileAnswer } from '../../platform/routing/file-answer.js';
import { lotById } from '../products/products.service.js';
import { pageOfRecipients, recallProgress, recipient } from './lot-recalls.store.js';

const ROWS_AT_ONCE = 200;
const COLUMNS = ['Record number', 'Family name', 'Given name', 'Born', 'Telephone', 'Interpreter', 'Died', 'Doses on', 'Reactions'];
const CONTACT_COLUMNS = ['Contact', 'Contacted', 'By', 'Note', 'Attempts'];

@Injectable()
export class LotRecallsService {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
  ) {}

  read(caller: Caller, lotId: string): Promise<LotRecall> {
    return this.commands.read(caller, async (tx) => ({ lot: await lotById(tx, lotId), ...(await recallProgress(tx, lotId)) }));
  }

  recipients(caller: Caller, { params: { lotId }, query }: Input<typeof listLotRecipients>): Promise<Answer<typeof listLotRecipients>> {
    return this.commands.read(caller, async (tx) => {
      await lotById(tx, lotId);
      return pageOfRecipients(tx, lotId, query);
    });
  }

  /** An attempt is kept beside the earlier ones; where a person stands is what the latest says. */
  contact(caller: Caller, input: Input<typeof recordRecallContact>): Promise<LotRecipient> {
    const {
      params: { lotId, patientId },
      body: { outcome, note, contactedAt },
    } = input;
    return this.commands.run(caller, recordRecallContact, input, async (tx, now) => {
      await lotById(tx, lotId);
      const before = await recipient(tx, lotId, patientId);
      if (!before) throw problem('not-found', { detail: 'This patient received nothing from the lot.' });
      if (contactedAt && isFuture(contactedAt, now)) throw invalid('/contactedAt', 'future', 'lies in the future');
      const contactedOn = contactedAt && dateInZone(contactedAt, caller.timeZone);
      if (contactedOn && before.doses.every(({ givenOn }) => contactedOn < givenOn))
        throw invalid('/contactedAt', 'before-injection', 'lies before the first dose from this lot');
      const id = newId();
      const said = { outcome, note, contactedAt: contactedAt ?? now };
      await insert(tx, 'recall_contact', {
        clinicId: tx.clinicId,
        id,
        lotId,
        patientId,
        ...said,
        recordedAt: now,
        recordedBy: caller.membershipId,
      });
      const { lotNumber } = await lotById(tx, lotId);
      await audit(tx, caller, now, {
        action: 'recall.contact',
        subjectType: 'lot',
        subjectId: lotId,
        patientId,
        after: { lotNumber, ...said },
      });
      await notifyChange(tx, 'lots');
      return (await recipient(tx, lotId, patientId))!;
    });
  }

  /** With names and telephone numbers: it is the list people work through. */
  async export(caller: Caller, { params: { lotId }, query }: Input<typeof exportLotRecipients>): Promise<FileAnswer> {
    await this.commands.runAsSystem(caller, async (tx, now) => {
      const { lotNumber } = await lotById(tx, lotId);
      await audit(tx, caller, now, {
        action: 'recall.export',
        subjectType: 'lot',
        subjectId: lotId,
        after: { format: 'csv', lotNumber, ...query },
      });
    });
    const { commands } = this;
    async function* rows(): AsyncGenerator<Cell[]> {
      let cursor: string | undefined;
      do {
        const page = await commands.read(caller, (tx) => pageOfRecipients(tx, lotId, { ...query, limit: ROWS_AT_ONCE, cursor }));
        for (const row of page.items) yield cellsOf(row);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    }
    const name = `recall-${this.clock.today(caller.timeZone)}.csv`;
    return new FileAnswer(name, csv([...COLUMNS, ...CONTACT_COLUMNS], rows()));
  }
}

function cellsOf({ patient, phone, interpreterLanguage, deceasedOn, doses, reactions, contacts }: LotRecipient): Cell[] {
  const [latest] = contacts;
  return [
    ...[patient.recordNumber, patient.familyName, patient.givenName, patient.birthDate, phone, interpreterLanguage, deceasedOn],
    ...[doses.map(({ givenOn }) => givenOn).join('; '), reactions],
    ...[latest?.outcome ?? null, latest?.contactedAt ?? null, latest?.recordedByName ?? null, latest?.note ?? null, contacts.length],
  ];
}
