/** What can be done from anywhere, by permission: the search offers it, in general and for one patient. */
import {
  AddCircleOutlineOutlined,
  AssignmentIndOutlined,
  BlockOutlined,
  EditOutlined,
  HealingOutlined,
  HomeOutlined,
  Inventory2Outlined,
  PersonAddAltOutlined,
  PlaylistAddOutlined,
  ScienceOutlined,
  UploadFileOutlined,
  VaccinesOutlined,
} from '@mui/icons-material';
import type { Permission } from '@vastus/contract';
import type { ComponentType } from 'react';

interface Deed<To> {
  /** Its words are `search.deed.<name>`. */
  name: string;
  permission: Permission;
  icon: ComponentType;
  to: To;
  /** What the page opens at once; it reads it with `useAsked`. */
  doing?: Doing;
}
export type Doing = 'receive-lot' | 'restrict-sites';

export const DEEDS: readonly Deed<string>[] = [
  { name: 'log', permission: 'injection.record', icon: VaccinesOutlined, to: '/log-injection' },
  { name: 'event', permission: 'adverse-event.record', icon: HealingOutlined, to: '/report-event' },
  { name: 'result', permission: 'lab-result.record', icon: ScienceOutlined, to: '/enter-result' },
  { name: 'register', permission: 'patient.register', icon: PersonAddAltOutlined, to: '/patients/create' },
  { name: 'receive', permission: 'lot.receive', icon: Inventory2Outlined, to: '/lots', doing: 'receive-lot' },
  { name: 'import', permission: 'import.run', icon: UploadFileOutlined, to: '/imports' },
  { name: 'draft', permission: 'protocol.draft', icon: AddCircleOutlineOutlined, to: '/protocol' },
];

/** The chart first: it is what somebody mostly wants of a patient. */
export const PATIENT_DEEDS: readonly Deed<(patientId: string) => string>[] = [
  { name: 'chart', permission: 'patient.read', icon: AssignmentIndOutlined, to: (id) => `/patients/${id}/show` },
  { name: 'log', permission: 'injection.record', icon: VaccinesOutlined, to: (id) => `/log-injection?patient=${id}` },
  { name: 'event', permission: 'adverse-event.record', icon: HealingOutlined, to: (id) => `/report-event?patient=${id}` },
  { name: 'result', permission: 'lab-result.record', icon: ScienceOutlined, to: (id) => `/enter-result?patient=${id}` },
  { name: 'course', permission: 'course.start', icon: PlaylistAddOutlined, to: (id) => `/start-course?patient=${id}` },
  { name: 'edit', permission: 'patient.edit', icon: EditOutlined, to: (id) => `/patients/${id}` },
  {
    name: 'restrict',
    permission: 'site-restriction.record',
    icon: BlockOutlined,
    to: (id) => `/patients/${id}/show`,
    doing: 'restrict-sites',
  },
  { name: 'home', permission: 'patient.read', icon: HomeOutlined, to: (id) => `/patients/${id}/self-injection` },
];
