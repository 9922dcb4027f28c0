// What a new clinic has on its shelf list. A vial's GTIN is its manufacturer's, so none is invented here. Vitamins A and D are labelled
// in international units: 1 IU colecalciferol = 0.025 µg, 1 IU retinol = 0.3 µg.
import type { Route, Substance } from '@vastus/clinical';

interface FormularyProduct {
  name: string;
  substance: Substance;
  strengthMicrogramsPerMl: number;
  defaultDoseMicrograms: number;
  routes: Route[];
  atcCode: string | null;
}

export const DEFAULT_FORMULARY: readonly FormularyProduct[] = [
  {
    name: 'Hydroxocobalamin 1000 µg/mL',
    substance: 'hydroxocobalamin',
    strengthMicrogramsPerMl: 1000,
    defaultDoseMicrograms: 1000,
    routes: ['IM'],
    atcCode: 'B03BA03',
  },
  {
    name: 'Cyanocobalamin 1000 µg/mL',
    substance: 'cyanocobalamin',
    strengthMicrogramsPerMl: 1000,
    defaultDoseMicrograms: 1000,
    routes: ['IM', 'SC'],
    atcCode: 'B03BA01',
  },
  {
    name: 'Methylcobalamin 500 µg/mL',
    substance: 'methylcobalamin',
    strengthMicrogramsPerMl: 500,
    defaultDoseMicrograms: 500,
    routes: ['IM'],
    atcCode: 'B03BA05',
  },
  {
    name: 'Colecalciferol 300,000 IU/mL',
    substance: 'colecalciferol',
    strengthMicrogramsPerMl: 7500,
    defaultDoseMicrograms: 7500,
    routes: ['IM'],
    atcCode: 'A11CC05',
  },
  {
    name: 'Retinol (palmitate) 50,000 IU/mL',
    substance: 'retinol',
    strengthMicrogramsPerMl: 15_000,
    defaultDoseMicrograms: 15_000,
    routes: ['IM'],
    atcCode: null,
  },
];
