/** The report of a case on A4 pages: sections A to G, each field with its name; what is not recorded says so. */
import { createRequire } from 'node:module';
import type { EventReport } from '@vastus/contract';
import PDFDocument from 'pdfkit';

// DejaVu has the whole of Latin, with Greek and Cyrillic: no patient's word may turn into boxes.
const fontFile = (name: string) => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const FONTS = { text: 'DejaVuSans', bold: 'DejaVuSans-Bold', quiet: 'DejaVuSans-Oblique' } as const;

const MARGIN = 48;
const FOOT = 44;
const LABEL_WIDTH = 158;
const INK = '#16232b';
const GREY = '#51626d';
const LINE = '#cdd8de';
const TINT = '#eaf1f3';

/** A page is closed when it is full: `bottom` is where the foot begins. */
type Page = PDFKit.PDFDocument;

export function eventReportPdf(report: EventReport, zone: string): Promise<Buffer> {
  const page = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `Adverse event report, case ${report.caseId}`,
      Author: report.clinic,
      Creator: 'Vastus',
      CreationDate: new Date(report.writtenAt),
    },
  });
  for (const [name, file] of Object.entries(FONTS)) page.registerFont(name, fontFile(file));
  const chunks: Buffer[] = [];
  page.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = new Promise<Buffer>((resolve, reject) => {
    page.on('end', () => resolve(Buffer.concat(chunks)));
    page.on('error', reject);
  });
  write(page, report, zone);
  foot(page, report);
  page.end();
  return written;
}

function write(page: Page, report: EventReport, zone: string): void {
  const at = (instant: string | null) =>
    instant &&
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
      .format(new Date(instant))
      .replace(',', '');
  const day = (date: string | null) =>
    date && new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  const { A, B, C, D, E, F, G } = report;
  page.font('bold').fontSize(17).fillColor(INK).text('Report of a suspected adverse reaction');
  page
    .font('text')
    .fontSize(9)
    .fillColor(GREY)
    .text(`${report.clinic} · with the fields of Form FDA 3500 (MedWatch), sections A to G · times of ${zone}`, { paragraphGap: 4 });

  section(page, 'A', 'Patient information');
  field(page, 'Patient identifier', A.patientIdentifier);
  field(page, 'Age at the event', `${A.ageAtEvent} years`);
  field(page, 'Sex', A.sex);
  field(page, 'Weight', A.weightKg === null ? null : `${A.weightKg} kg`);

  section(page, 'B', 'Adverse event');
  field(page, 'Kind of report', B.kind.join('; '));
  field(
    page,
    'Outcomes attributed',
    B.outcomesAttributed.join('; ') || (B.serious === null ? null : B.serious ? 'Serious; criterion not recorded' : 'None: not serious'),
  );
  field(page, 'Date of event', at(B.timeOfEvent));
  field(page, 'Date of this report', day(B.dateOfThisReport));
  field(page, 'Description', B.description || null);
  for (const { question, answer } of B.assessment) field(page, question, answer);
  field(page, 'CTCAE v5 term and grade', B.ctcaeTerm && `${B.ctcaeTerm}${B.ctcaeGrade === null ? '' : `, grade ${B.ctcaeGrade}`}`);
  field(page, 'Causality (WHO-UMC)', B.causality);
  field(page, 'Outcome', B.resolvedOn ? `${B.outcome}, ${day(B.resolvedOn)}` : B.outcome);
  field(page, 'Examinations since', lines(B.examinations.map(({ on, findings }) => `${day(on)}: ${findings}`)));
  field(page, 'Tests and laboratory data', lines(B.tests.map(({ on, test, result }) => `${day(on)}: ${test} ${result}`)));
  field(page, 'Other relevant history', lines(B.history));

  section(page, 'C', 'Product availability');
  field(page, 'Product available for evaluation', C.productAvailable);
  field(page, 'Manufacturer informed', day(C.manufacturerInformedOn));

  section(page, 'D', 'Suspect product');
  field(page, 'Name, strength', D.product && present([D.product, D.substance, D.strength]));
  field(page, 'Manufacturer', D.manufacturer);
  field(page, 'Product codes', present([D.atcCode && `ATC ${D.atcCode}`, ...D.gtins.map((gtin) => `GTIN ${gtin}`)]) || null);
  field(page, 'Dose, frequency, route', D.dose && present([D.dose, D.frequency, D.route]));
  field(page, 'Site', D.site);
  field(page, 'Given at', at(D.givenAt));
  field(page, 'Dates of use', D.datesOfUse.from && `${day(D.datesOfUse.from)} to ${day(D.datesOfUse.to) ?? 'date'}`);
  field(page, 'Diagnosis for use', D.indication);
  field(page, 'Abated after use stopped', plainAnswer(D.abatedAfterStop));
  field(page, 'Reappeared after reintroduction', plainAnswer(D.reappearedAfterReintroduction));
  field(page, 'Lot number', D.lotNumber);
  field(page, 'Expiration date', day(D.expiresOn));

  section(page, 'E', 'Suspect medical device');
  field(page, 'Device', E.device && present([E.device, E.needle]));
  field(page, 'Operator', E.operator);

  section(page, 'F', 'Other (concomitant) medical products');
  field(page, 'Products', lines(F.concomitant));

  section(page, 'G', 'Reporter');
  field(page, 'Name', G.reporter);
  field(page, 'Occupation', `${G.occupation}, health professional`);
  field(page, 'Organization', G.organization);
  field(page, 'Also reported to', lines(G.alsoReportedTo));
  field(page, 'Reference of the authority', G.authorityReference);
}

const lines = (all: readonly string[]) => all.join('\n') || null;
const present = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(', ');
const plainAnswer = (answer: string) => (answer === 'unknown' ? null : answer.charAt(0).toUpperCase() + answer.slice(1));

const bottom = (page: Page) => page.page.height - page.page.margins.bottom;
const width = (page: Page) => page.page.width - 2 * MARGIN;

function section(page: Page, letter: string, title: string): void {
  // A heading alone at the end of a page belongs to nothing.
  if (page.y + 70 > bottom(page)) page.addPage();
  const top = page.y + 10;
  page.rect(MARGIN, top, width(page), 20).fill(TINT);
  page
    .font('bold')
    .fontSize(10)
    .fillColor(INK)
    .text(`${letter}   ${title}`, MARGIN + 8, top + 4, { lineBreak: false });
  page.x = MARGIN;
  page.y = top + 26;
}

function field(page: Page, label: string, value: string | null): void {
  const valueWidth = width(page) - LABEL_WIDTH;
  page.font(value === null ? 'quiet' : 'text').fontSize(9);
  const height = page.heightOfString(value ?? 'not recorded', { width: valueWidth });
  // A short value stays together with its name; a long one runs on to the next page by itself.
  if (page.y + Math.min(height, 120) > bottom(page)) page.addPage();
  const top = page.y;
  page
    .font('text')
    .fontSize(8)
    .fillColor(GREY)
    .text(label, MARGIN + 8, top + 1, { width: LABEL_WIDTH - 16 });
  const belowLabel = page.y;
  page
    .font(value === null ? 'quiet' : 'text')
    .fontSize(9)
    .fillColor(value === null ? GREY : INK)
    .text(value ?? 'not recorded', MARGIN + LABEL_WIDTH, top, { width: valueWidth });
  const end = page.y > top ? Math.max(page.y, belowLabel) : page.y;
  page
    .moveTo(MARGIN, end + 2)
    .lineTo(MARGIN + width(page), end + 2)
    .lineWidth(0.5)
    .strokeColor(LINE)
    .stroke();
  page.x = MARGIN;
  page.y = end + 5;
}

function foot(page: Page, report: EventReport): void {
  const { start, count } = page.bufferedPageRange();
  for (let number = start; number < start + count; number++) {
    page.switchToPage(number);
    // Writing below the margin would open a page of its own.
    page.page.margins.bottom = 0;
    const top = page.page.height - MARGIN - 14;
    page
      .moveTo(MARGIN, top - 8)
      .lineTo(MARGIN + width(page), top - 8)
      .lineWidth(0.5)
      .strokeColor(LINE)
      .stroke();
    page.font('text').fontSize(7.5).fillColor(GREY);
    page.text(
      `Case ${report.caseId}, version ${report.caseVersion}. In confidence. Written from the clinic’s records; a clinician answers for it.`,
      MARGIN,
      top,
      {
        width: width(page) - 70,
        lineBreak: false,
      },
    );
    page.text(`Page ${number - start + 1} of ${count}`, MARGIN, top, { width: width(page), align: 'right', lineBreak: false });
  }
}
