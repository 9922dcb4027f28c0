// Common names of several languages and scripts, so that search, sorting and screens meet accents, hyphens and more than one alphabet.
import type { Chance } from './random.js';

const WORLDS: readonly { weight: number; family: readonly string[]; female: readonly string[]; male: readonly string[] }[] = [
  {
    weight: 40,
    family: [
      'Müller',
      'Schmidt',
      'Schneider',
      'Fischer',
      'Weber',
      'Meyer',
      'Wagner',
      'Becker',
      'Schulz',
      'Hoffmann',
      'Koch',
      'Bauer',
      'Richter',
      'Klein',
      'Wolf',
      'Schröder',
      'Neumann',
      'Schwarz',
      'Zimmermann',
      'Braun',
      'Krüger',
      'Hofmann',
      'Groß',
      'Köhler',
      'Weiß',
      'Müller-Lüdenscheidt',
    ],
    female: [
      'Anna',
      'Ursula',
      'Helga',
      'Sabine',
      'Monika',
      'Petra',
      'Karin',
      'Käthe',
      'Renate',
      'Ingrid',
      'Claudia',
      'Jürgine',
      'Lena',
      'Hannelore',
    ],
    male: [
      'Hans',
      'Peter',
      'Wolfgang',
      'Klaus',
      'Jürgen',
      'Dieter',
      'Günther',
      'Uwe',
      'Thomas',
      'Jörg',
      'Heinz',
      'Björn',
      'Lukas',
      'Karl-Heinz',
    ],
  },
  {
    weight: 15,
    family: [
      'Smith',
      'Jones',
      'Taylor',
      'Brown',
      'Williams',
      'Wilson',
      'Johnson',
      'Davies',
      'O’Brien',
      'Walker',
      'Wright',
      'Thompson',
      'Clarke',
      'Hughes',
    ],
    female: ['Mary', 'Patricia', 'Jennifer', 'Linda', 'Susan', 'Margaret', 'Dorothy', 'Emily', 'Grace', 'Siobhán'],
    male: ['James', 'John', 'Robert', 'Michael', 'William', 'David', 'Richard', 'Thomas', 'George', 'Seán'],
  },
  {
    weight: 12,
    family: ['Yılmaz', 'Kaya', 'Demir', 'Şahin', 'Çelik', 'Yıldız', 'Öztürk', 'Aydın', 'Özdemir', 'Arslan', 'Doğan', 'Kılıç'],
    female: ['Fatma', 'Ayşe', 'Emine', 'Hatice', 'Zeynep', 'Elif', 'Şerife', 'Gülsüm'],
    male: ['Mehmet', 'Mustafa', 'Ahmet', 'Ali', 'Hüseyin', 'İbrahim', 'Osman', 'Çağlar'],
  },
  {
    weight: 12,
    family: [
      'Nowak',
      'Kowalski',
      'Wiśniewski',
      'Wójcik',
      'Kowalczyk',
      'Kamiński',
      'Lewandowski',
      'Dąbrowski',
      'Novák',
      'Svoboda',
      'Dvořák',
      'Černý',
    ],
    female: ['Małgorzata', 'Agnieszka', 'Zofia', 'Jadwiga', 'Łucja', 'Jiřina', 'Božena', 'Eliška'],
    male: ['Stanisław', 'Andrzej', 'Paweł', 'Michał', 'Łukasz', 'Jiří', 'Tomáš', 'Zdeněk'],
  },
  {
    weight: 10,
    family: [
      'García',
      'Rodríguez',
      'González',
      'Fernández',
      'López',
      'Martínez',
      'Pérez',
      'Núñez',
      'da Silva',
      'Gonçalves',
      'Araújo',
      'Peña',
    ],
    female: ['María', 'Carmen', 'Ángela', 'Lucía', 'Begoña', 'Inês', 'Conceição', 'Rocío'],
    male: ['José', 'Jesús', 'Ángel', 'Joaquín', 'Íñigo', 'João', 'Sebastián', 'Ramón'],
  },
  {
    weight: 5,
    family: ['Иванова', 'Петрова', 'Шевченко', 'Коваленко', 'Бондаренко', 'Мельник'],
    female: ['Ольга', 'Наталья', 'Ирина', 'Оксана', 'Світлана'],
    male: ['Олександр', 'Сергей', 'Юрий', 'Андрій', 'Микола'],
  },
  {
    weight: 3,
    family: ['Παπαδοπούλου', 'Οικονόμου', 'Γεωργίου', 'Νικολάου'],
    female: ['Μαρία', 'Ελένη', 'Αικατερίνη'],
    male: ['Γεώργιος', 'Δημήτριος', 'Κωνσταντίνος'],
  },
  { weight: 3, family: ['محمد', 'أحمد', 'حسن', 'علي'], female: ['فاطمة', 'مريم', 'زينب'], male: ['عمر', 'يوسف', 'خالد'] },
];

const CHOICES = WORLDS.map((world) => [world, world.weight] as const);
/** Latin, Greek and Cyrillic: what the dashboard's own font draws, on a machine without any other. */
const IN_OUR_FONT = CHOICES.filter(([world]) => /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u.test(world.family[0]!));

export function nameFor(
  chance: Chance,
  sex: 'female' | 'male',
  { inOurFont = false }: { inOurFont?: boolean } = {},
): { givenName: string; familyName: string } {
  const world = chance.weighted(inOurFont ? IN_OUR_FONT : CHOICES);
  const given = chance.pick(world[sex]);
  const second = chance.happens(0.12) ? ` ${chance.pick(world[sex])}` : '';
  const family = chance.pick(world.family);
  const joined = chance.happens(0.05) ? `${family}-${chance.pick(world.family)}` : family;
  return { givenName: given + second, familyName: joined };
}
