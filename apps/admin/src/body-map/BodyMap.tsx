/**
 * The ten IM sites on a figure, as a radio group, or read-only with the dates of last use.
 * It draws what it is told: which site is advised and why is the clinical package's business.
 */

import { Box, Typography } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { SITE_IDS, type SiteId, type SiteState } from '@vastus/clinical';
import { type KeyboardEvent, useId, useRef } from 'react';
import { useTranslate } from 'react-admin';
import {
  DETAILS,
  directionOf,
  kindOf,
  MIDLINE,
  OUTLINE,
  REGION_OF,
  type Region,
  regionPath,
  SHAPES,
  sideOf,
  VIEW_BOX,
  type View,
} from './figure.js';
import { figureVariables, siteInk } from './palette.js';
import { SiteGlyph, SiteLegend } from './SiteGlyph.js';

export interface SiteMark {
  site: SiteId;
  state: SiteState;
  /** A few words under the name: "18 days ago". */
  note?: string;
  /** Why the site is closed, in words; sites with the same reason are listed together. */
  why?: readonly string[];
  /** The limb is closed, not just this spot: it is hatched. */
  limbClosed?: boolean;
}

interface Props {
  marks: readonly SiteMark[];
  value?: SiteId | null;
  /** Leaving it out makes the map read-only. */
  onChange?: (site: SiteId) => void;
  label?: string;
  describedBy?: string;
  legend?: boolean;
}

const STEP: Record<string, number> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
// The order of the arrow keys: down the front of the body, left and right alternating, then the back.
const ORDER: readonly SiteId[] = [
  'deltoid-right',
  'deltoid-left',
  'ventrogluteal-right',
  'ventrogluteal-left',
  'vastus-lateralis-right',
  'vastus-lateralis-left',
  'rectus-femoris-right',
  'rectus-femoris-left',
  'dorsogluteal-left',
  'dorsogluteal-right',
];

export function BodyMap({ marks, value = null, onChange, label, describedBy, legend = true }: Props) {
  const translate = useTranslate();
  const theme = useTheme();
  const uid = useId().replaceAll(':', '');
  const radios = useRef(new Map<SiteId, SVGGElement>());
  const { mode } = theme.palette;
  const ink = siteInk(mode);
  const bySite = new Map(marks.map((mark) => [mark.site, mark]));
  const shown = ORDER.filter((site) => bySite.has(site));
  const tabStop = value ?? marks.find((mark) => mark.state === 'recommended')?.site ?? shown[0];

  const move = (event: KeyboardEvent, site: SiteId) => {
    const at = shown.indexOf(site);
    const next =
      event.key in STEP
        ? shown[(at + STEP[event.key]! + shown.length) % shown.length]
        : ({ Home: shown[0], End: shown.at(-1), ' ': site, Enter: site }[event.key] ?? null);
    if (!next) return;
    event.preventDefault();
    radios.current.get(next)?.focus();
    onChange?.(next);
  };

  const variables = figureVariables(mode, theme.palette.text.primary, theme.palette.text.secondary, theme.palette.primary.main);
  return (
    <Box sx={{ ...variables, ...DRAWING }}>
      {legend && <SiteLegend ink={ink} states={[...new Set(marks.map((mark) => mark.state))]} />}
      <svg
        viewBox={`${VIEW_BOX.left} 0 ${VIEW_BOX.width} ${VIEW_BOX.height}`}
        width="100%"
        role={onChange ? 'radiogroup' : 'list'}
        aria-label={label ?? translate('injections.map.label')}
        aria-describedby={describedBy}
      >
        <Definitions uid={uid} />
        <Figure view="front" uid={uid} closed={closedRegions(marks, 'front')} />
        <Figure view="back" uid={uid} closed={closedRegions(marks, 'back')} />
        {shown.map((site) => {
          const mark = bySite.get(site)!;
          const chosen = site === value;
          const name = translate(`clinical.site.${site}`);
          const spoken = [name, translate(`clinical.siteState.${mark.state}`), mark.note, ...(mark.why ?? [])].filter(Boolean).join(', ');
          const behaviour = onChange
            ? {
                role: 'radio',
                'aria-checked': chosen,
                tabIndex: site === tabStop ? 0 : -1,
                onKeyDown: (event: KeyboardEvent) => move(event, site),
                onClick: () => onChange(site),
              }
            : { role: 'listitem' };
          return (
            <g
              key={site}
              ref={(element) => void (element ? radios.current.set(site, element) : radios.current.delete(site))}
              aria-label={spoken}
              data-site={site}
              data-state={mark.state}
              {...behaviour}
            >
              <SiteDrawing mark={mark} chosen={chosen} ink={ink[mark.state]} name={translate(`injections.map.kind.${kindOf(site)}`)} />
            </g>
          );
        })}
      </svg>
      <ClosedSites marks={marks} />
    </Box>
  );
}

const DRAWING = {
  containerType: 'inline-size',
  '& svg': { display: 'block', maxWidth: 740, marginInline: 'auto' },
  '& svg text': { fill: 'var(--figure-text)', fontFamily: 'inherit', fontSize: '14px' },
  '& svg .note': { fill: 'var(--figure-mute)', fontSize: '12.5px' },
  '& svg .view': { fill: 'var(--figure-mute)', fontSize: '12px', letterSpacing: '.05em' },
  '& svg .side': { fill: 'var(--figure-mute)', fontSize: '12px', fontWeight: 700 },
  '& [role=radio]': { cursor: 'pointer', outline: 'none' },
  '& .ring': { fill: 'none', stroke: 'none' },
  '& [role=radio]:hover .spot': { filter: 'brightness(1.07)' },
  '& [role=radio]:hover .name': { textDecoration: 'underline' },
  '& [role=radio]:focus-visible .ring': { stroke: 'var(--figure-accent)', strokeWidth: 2.2, strokeDasharray: '4 2.5' },
  '& [role=radio]:focus-visible .name': { textDecoration: 'underline' },
  '& [aria-checked=true] .name': { fontWeight: 700 },
  '@media print': { '& .spot': { printColorAdjust: 'exact' } },
} as const;

function Definitions({ uid }: { uid: string }) {
  return (
    <defs>
      <linearGradient id={`${uid}skin`} x1="0" x2="1">
        <stop offset="0" stopColor="var(--figure-skin-edge)" />
        <stop offset=".5" stopColor="var(--figure-skin)" />
        <stop offset="1" stopColor="var(--figure-skin-edge)" />
      </linearGradient>
      <linearGradient id={`${uid}fade`} x1="0" x2="0" y1="0" y2="1">
        <stop offset=".86" stopColor="#fff" />
        <stop offset="1" stopColor="#000" />
      </linearGradient>
      <mask id={`${uid}mask`} maskUnits="userSpaceOnUse" x="-130" y="0" width="260" height="412">
        <rect x="-130" width="260" height="412" fill={`url(#${uid}fade)`} />
      </mask>
      <clipPath id={`${uid}body`}>
        <path d={OUTLINE} />
      </clipPath>
      <pattern id={`${uid}hatch`} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" fill="var(--figure-hatch-ground)" />
        <path d="M0 0V7" stroke="var(--figure-hatch)" strokeWidth="1.8" opacity=".6" />
      </pattern>
    </defs>
  );
}

function Figure({ view, uid, closed }: { view: View; uid: string; closed: readonly { region: Region; direction: 1 | -1 }[] }) {
  const translate = useTranslate();
  const [left, right] = view === 'front' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of a drawing takes no focus
    <g transform={`translate(${MIDLINE[view]} 0)`} aria-hidden="true" pointerEvents="none">
      <g mask={`url(#${uid}mask)`}>
        <path d={OUTLINE} fill={`url(#${uid}skin)`} />
        <g clipPath={`url(#${uid}body)`} data-hatched={closed.length || undefined}>
          {closed.map(({ region, direction }) => (
            <path key={`${region}${direction}`} d={regionPath(region, direction)} fill={`url(#${uid}hatch)`} />
          ))}
        </g>
        <g fill="none" stroke="var(--figure-detail)" strokeWidth="1.1" strokeLinecap="round">
          <path d={DETAILS[view]} />
          <path d={DETAILS[view]} transform="scale(-1 1)" />
        </g>
        <path d={OUTLINE} fill="none" stroke="var(--figure-line)" strokeWidth="1.3" strokeLinejoin="round" />
      </g>
      <text className="side" x={-56} y={24} textAnchor="middle">
        {translate(`injections.map.letter.${left}`)}
      </text>
      <text className="side" x={56} y={24} textAnchor="middle">
        {translate(`injections.map.letter.${right}`)}
      </text>
      <text className="view" y={424} textAnchor="middle">
        {translate(`injections.map.view.${view}`)}
      </text>
    </g>
  );
}

function SiteDrawing({
  mark,
  chosen,
  ink,
  name,
}: {
  mark: SiteMark;
  chosen: boolean;
  ink: ReturnType<typeof siteInk>[SiteState];
  name: string;
}) {
  const shape = SHAPES[kindOf(mark.site)];
  const direction = directionOf(sideOf(mark.site), shape.view);
  const origin = MIDLINE[shape.view];
  const [x, y] = [origin + shape.x * direction, shape.y];
  const turn = `rotate(${shape.tilt * direction} ${x} ${y})`;
  const [labelX, labelY] = [origin + shape.label[0] * direction, shape.label[1]];
  const anchor = direction > 0 ? 'start' : 'end';
  const leader = shape.leader.map(([px, py]) => `${origin + px * direction} ${py}`).join('L');
  return (
    <>
      {/* The target is 28 units wide: 24 pixels on the narrowest tablet, and the label belongs to it. */}
      <rect x={x - 14} y={y - shape.ry - 5} width={28} height={shape.ry * 2 + 10} transform={turn} fill="transparent" />
      <rect x={direction > 0 ? labelX - 4 : labelX - 96} y={labelY - 14} width={100} height={32} fill="transparent" />
      <path d={`M${leader}`} fill="none" stroke="var(--figure-line)" strokeWidth=".9" pointerEvents="none" />
      <ellipse className="ring" cx={x} cy={y} rx={shape.rx + 5.5} ry={shape.ry + 5.5} transform={turn} pointerEvents="none" />
      <ellipse
        className="spot"
        cx={x}
        cy={y}
        rx={shape.rx}
        ry={shape.ry}
        transform={turn}
        fill={ink.fill}
        stroke={chosen ? 'var(--figure-accent)' : ink.line}
        strokeWidth={chosen ? 3.4 : 1.4}
      />
      <SiteGlyph state={mark.state} x={x} y={y} colour={ink.glyph} />
      <text className="name" x={labelX} y={labelY} textAnchor={anchor}>
        {name}
      </text>
      {mark.note && (
        <text className="note" x={labelX} y={labelY + 15} textAnchor={anchor}>
          {mark.note}
        </text>
      )}
    </>
  );
}

function closedRegions(marks: readonly SiteMark[], view: View) {
  const closed = new Map<string, { region: Region; direction: 1 | -1 }>();
  for (const { site, limbClosed } of marks) {
    if (!limbClosed) continue;
    const region = REGION_OF[kindOf(site)];
    const direction = directionOf(sideOf(site), view);
    closed.set(`${region}${direction}`, { region, direction });
  }
  return [...closed.values()];
}

/** The hatching in words: nobody has to see the drawing to know what is closed. */
function ClosedSites({ marks }: { marks: readonly SiteMark[] }) {
  const translate = useTranslate();
  const reasons = new Map<string, SiteId[]>();
  for (const site of SITE_IDS) {
    const mark = marks.find((candidate) => candidate.site === site);
    if (mark?.state !== 'restricted') continue;
    for (const why of mark.why?.length ? mark.why : [translate('clinical.siteState.restricted')])
      reasons.set(why, [...(reasons.get(why) ?? []), site]);
  }
  if (reasons.size === 0) return null;
  return (
    <Box component="ul" aria-label={translate('injections.map.closed')} sx={{ m: 0, mt: 1, pl: 2.5 }}>
      {[...reasons].map(([why, sites]) => (
        <Typography component="li" variant="body2" key={why}>
          <strong>
            {sites.length === SITE_IDS.length
              ? translate('injections.map.all')
              : sites.map((site) => translate(`clinical.site.${site}`)).join(', ')}
          </strong>
          {': '}
          {why}
        </Typography>
      ))}
    </Box>
  );
}
export default BodyMap;
