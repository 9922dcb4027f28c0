/** The report of a case on A4 pages: sections A to G, each field with its name; what is not recorded says so. */
import { createRequire } from 'node:module';
import type { EventReport } from '@vastus/contract';
import PDFDocument from 'pdfkit';
import type { ReportWords } from './event-report.words.js';

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

export function eventReportPdf(report: EventReport, zone: string, words: ReportWords): Promise<Buffer> {
  const page = new PDFDocument({
    size: 'A4',
    margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
    bufferPages: true,
    lang: words.language,
    displayTitle: true,
    info: {
      Title: `${words.say.subject} ${report.caseId}`,
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
  write(page, report, zone, words);
  foot(page, report, words);
  page.end();
  return written;
}

function write(page: Page, report: EventReport, zone: string, words: ReportWords): void {
  const { say, label, section: sections } = words;
  const at = (instant: string | null) =>
    instant &&
    new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
      .format(new Date(instant))
      .replace(',', '');
  const day = (date: string | null) =>
    date && new Intl.DateTimeFormat(words.locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  const { A, B, C, D, E, F, G } = report;
  const section = (letter: keyof typeof sections) => heading(page, letter, sections[letter]);
  const field = (name: keyof typeof label, value: string | null) => line(page, label[name], value, say.notRecorded);
  page.font('bold').fontSize(17).fillColor(INK).text(say.title);
  page
    .font('text')
    .fontSize(9)
    .fillColor(GREY)
    .text(`${report.clinic} · ${words.fields(zone)}`, { paragraphGap: 4 });

  section('A');
  field('patientIdentifier', A.patientIdentifier);
  field('age', words.years(A.ageAtEvent));
  field('sex', A.sex);
  field('weight', A.weightKg === null ? null : `${A.weightKg} kg`);

  section('B');
  field('kind', B.kind.join('; '));
  field(
    'outcomesAttributed',
    B.outcomesAttributed.join('; ') || (B.serious === null ? null : B.serious ? say.seriousUnknown : say.notSerious),
  );
  field('dateOfEvent', at(B.timeOfEvent));
  field('dateOfReport', day(B.dateOfThisReport));
  field('description', B.description || null);
  for (const { question, answer } of B.assessment) line(page, question, answer, say.notRecorded);
  field('ctcae', B.ctcaeTerm && `${B.ctcaeTerm}${B.ctcaeGrade === null ? '' : `, ${words.grade(B.ctcaeGrade)}`}`);
  field('causality', B.causality);
  field('outcome', B.resolvedOn ? `${B.outcome}, ${day(B.resolvedOn)}` : B.outcome);
  field('examinations', lines(B.examinations.map(({ on, findings }) => `${day(on)}: ${findings}`)));
  field('tests', lines(B.tests.map(({ on, test, result }) => `${day(on)}: ${test} ${result}`)));
  field('history', lines(B.history));

  section('C');
  field('available', C.productAvailable);
  field('manufacturerInformed', day(C.manufacturerInformedOn));

  section('D');
  field('product', D.product && present([D.product, D.substance, D.strength]));
  field('manufacturer', D.manufacturer);
  field('codes', present([D.atcCode && `ATC ${D.atcCode}`, ...D.gtins.map((gtin) => `GTIN ${gtin}`)]) || null);
  field('dose', D.dose && present([D.dose, D.frequency, D.route]));
  field('site', D.site);
  field('givenAt', at(D.givenAt));
  field('datesOfUse', D.datesOfUse.from && words.period(day(D.datesOfUse.from)!, day(D.datesOfUse.to)));
  field('diagnosis', D.indication);
  field('abated', words.challenge[D.abatedAfterStop]);
  field('reappeared', words.challenge[D.reappearedAfterReintroduction]);
  field('lot', D.lotNumber);
  field('expires', day(D.expiresOn));

  section('E');
  field('device', E.device && present([E.device, E.needle]));
  field('operator', E.operator);

  section('F');
  field('products', lines(F.concomitant));

  section('G');
  field('name', G.reporter);
  field('occupation', `${G.occupation}, ${words.within(say.professional)}`);
  field('organization', G.organization);
  field('alsoReported', lines(G.alsoReportedTo));
  field('reference', G.authorityReference);
}

const lines = (all: readonly string[]) => all.join('\n') || null;
const present = (parts: readonly (string | null)[]) => parts.filter(Boolean).join(', ');

const bottom = (page: Page) => page.page.height - page.page.margins.bottom;
const width = (page: Page) => page.page.width - 2 * MARGIN;

function heading(page: Page, letter: string, title: string): void {
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

function line(page: Page, label: string, value: string | null, notRecorded: string): void {
  const valueWidth = width(page) - LABEL_WIDTH;
  page.font(value === null ? 'quiet' : 'text').fontSize(9);
  const height = page.heightOfString(value ?? notRecorded, { width: valueWidth });
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
    .text(value ?? notRecorded, MARGIN + LABEL_WIDTH, top, { width: valueWidth });
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

function foot(page: Page, report: EventReport, words: ReportWords): void {
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
    page.text(words.foot(report.caseId, report.caseVersion), MARGIN, top, {
      width: width(page) - 70,
      lineBreak: false,
    });
    page.text(words.page(number - start + 1, count), MARGIN, top, { width: width(page), align: 'right', lineBreak: false });
  }
}
