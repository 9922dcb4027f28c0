import { lazy, Suspense } from 'react';
import { useSession } from '../session/useSession.js';

const HOMES = {
  nurse: lazy(() => import('./NurseHome.js')),
  physician: lazy(() => import('./PhysicianHome.js')),
  administrator: lazy(() => import('./AdministratorHome.js')),
};

/** What each role sees first. */
export default function Home() {
  const { role } = useSession();
  const RoleHome = HOMES[role];
  return (
    <Suspense fallback={null}>
      <RoleHome />
    </Suspense>
  );
}
