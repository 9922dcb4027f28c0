import { ROUTES as INJECTION_ROUTES, SUBSTANCES } from '@vastus/clinical';
import { z } from 'zod';
import { route } from '../route.js';
import { ClinicDate, DateOut, flag, Id, InstantOut, page, pageQuery, Reason, text } from '../values.js';

export const Product = z
  .object({
    id: Id,
    name: z.string(),
    substance: z.enum(SUBSTANCES),
    strengthMicrogramsPerMl: z.number(),
    defaultDoseMicrograms: z.number(),
    routes: z.array(z.enum(INJECTION_ROUTES)),
    atcCode: z.string().nullable(),
    gtins: z.array(z.string()),
    active: z.boolean(),
  })
  .meta({ id: 'Product' });

const LOT_STATUSES = ['usable', 'on-hold', 'recalled'] as const;
export const Lot = z
  .object({
    id: Id,
    productId: Id,
    productName: z.string(),
    lotNumber: z.string(),
    expiresOn: DateOut,
    status: z.enum(LOT_STATUSES),
    statusReason: z.string().nullable(),
    /** When it got the status it has, and from whom; `null` since it was received. */
    statusChangedAt: InstantOut.nullable(),
    statusChangedByName: z.string().nullable(),
    receivedOn: DateOut,
    injectionsGiven: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Lot' });

const tag = 'Products and lots';
export const listProducts = route({
  method: 'GET',
  path: '/products',
  tag,
  summary: 'The clinic’s products',
  access: { needs: 'product.read' },
  response: z.object({ items: z.array(Product) }),
});
export const addGtin = route({
  method: 'POST',
  path: '/products/:productId/gtins',
  tag,
  summary: 'The number on another box of the product; its check digit is verified',
  access: { needs: 'product.change' },
  params: z.strictObject({ productId: Id }),
  body: z.strictObject({ gtin: text(20).meta({ description: '8, 12, 13 or 14 digits', example: '4006381333931' }) }),
  response: Product,
  status: 201,
  problems: ['already-exists'],
  unversioned: 'adds',
});
export const listLots = route({
  method: 'GET',
  path: '/lots',
  tag,
  summary: 'Lots, soonest expiry first',
  access: { needs: 'lot.read' },
  query: z.strictObject({
    productId: Id.optional(),
    usable: flag.optional().meta({ description: 'Only lots that may be given today' }),
    stopped: flag.optional().meta({ description: 'Only lots on hold or recalled' }),
    lotNumber: text(20).optional().meta({ description: 'The number on the vial, letter by letter' }),
    ...pageQuery,
  }),
  response: page(Lot),
});
/** What the nurse who asks used last today of this product, or else the clinic; a lot that may not be given any more is no answer. */
export const readLotOfTheDay = route({
  method: 'GET',
  path: '/lots/of-the-day',
  tag,
  summary: 'The lot that is in use today',
  access: { needs: 'lot.read' },
  query: z.strictObject({ productId: Id }),
  response: z.object({ lot: Lot.nullable(), usedAt: InstantOut.nullable(), usedByName: z.string().nullable() }),
});
export const receiveLot = route({
  method: 'POST',
  path: '/lots',
  tag,
  summary: 'Receive a lot',
  access: { needs: 'lot.receive' },
  body: z
    .strictObject({ productId: Id, lotNumber: text(20), expiresOn: ClinicDate, receivedOn: ClinicDate.optional() })
    .meta({ id: 'ReceiveLot' }),
  response: Lot,
  status: 201,
  idempotent: true,
  problems: ['already-exists'],
});
export const changeLotStatus = route({
  method: 'POST',
  path: '/lots/:lotId/status',
  tag,
  summary: 'Hold, recall or release a lot (RX-EXPIRED)',
  access: { needs: 'lot.change' },
  params: z.strictObject({ lotId: Id }),
  body: z.strictObject({ status: z.enum(LOT_STATUSES), reason: Reason }),
  response: Lot,
  ifMatch: true,
});

export type Product = z.output<typeof Product>;
export type Lot = z.output<typeof Lot>;
