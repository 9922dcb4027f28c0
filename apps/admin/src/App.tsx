import { lazy, Suspense } from 'react';
import { AdminContext, CoreAdminUI, CustomRoutes, type I18nProvider, Resource } from 'react-admin';
import { Route } from 'react-router-dom';
import { createAuthProvider } from './api/authProvider.js';
import { dataProvider } from './api/dataProvider.js';
import { queryClient } from './api/queryClient.js';
import { Broken } from './layout/Broken.js';
import { Frame } from './layout/Frame.js';
import { Opening } from './layout/Opening.js';
import { Only } from './session/Only.js';
import { SignInPage } from './session/SignInPage.js';
import { screenStore } from './theme/store.js';
import { darkTheme, lightTheme } from './theme/theme.js';

const AccessDenied = lazy(() => import('./layout/AccessDenied.js'));
const NotFound = lazy(() => import('./layout/NotFound.js'));
const Home = lazy(() => import('./home/Home.js'));
const PatientList = lazy(() => import('./patients/PatientList.js'));
const PatientRegister = lazy(() => import('./patients/PatientRegister.js'));
const PatientEdit = lazy(() => import('./patients/PatientEdit.js'));
const PatientChart = lazy(() => import('./patients/PatientChart.js'));
const StartCourse = lazy(() => import('./courses/StartCoursePage.js'));
const InjectionList = lazy(() => import('./injections/InjectionList.js'));
const LogInjection = lazy(() => import('./injections/LogInjection.js'));
const AdverseEventList = lazy(() => import('./adverse-events/AdverseEventList.js'));
const AdverseEventShow = lazy(() => import('./adverse-events/AdverseEventShow.js'));
const ReportEvent = lazy(() => import('./adverse-events/ReportEvent.js'));
const LabResultList = lazy(() => import('./lab-results/LabResultList.js'));
const EnterResult = lazy(() => import('./lab-results/EnterResult.js'));
const AlertQueue = lazy(() => import('./alerts/AlertQueue.js'));
const LotList = lazy(() => import('./lots/LotList.js'));
const LotRecall = lazy(() => import('./lots/LotRecall.js'));
const ImportPage = lazy(() => import('./imports/ImportPage.js'));
const RuleList = lazy(() => import('./rules/RuleList.js'));
const RulePage = lazy(() => import('./rules/RulePage.js'));
const Protocol = lazy(() => import('./protocol/ProtocolPage.js'));
const ProtocolVersion = lazy(() => import('./protocol/VersionPage.js'));
const SelfInjection = lazy(() => import('./self-injection/SelfInjectionPage.js'));
const AccountPage = lazy(() => import('./account/AccountPage.js'));
const StaffPage = lazy(() => import('./staff/StaffPage.js'));
const JoinPage = lazy(() => import('./session/JoinPage.js'));
const AuditList = lazy(() => import('./audit/AuditList.js'));
const SystemPage = lazy(() => import('./system/SystemPage.js'));

const authProvider = createAuthProvider(queryClient);
const store = screenStore();

export const App = ({ i18nProvider }: { i18nProvider: I18nProvider }) => (
  // react-admin's <Admin> would bring a layout, a sign-in page and error pages of its own that nobody sees.
  <AdminContext
    dataProvider={dataProvider}
    authProvider={authProvider}
    i18nProvider={i18nProvider}
    queryClient={queryClient}
    store={store}
    theme={lightTheme}
    darkTheme={darkTheme}
  >
    <CoreAdminUI
      layout={Frame}
      loginPage={SignInPage}
      loading={Opening}
      catchAll={NotFound}
      accessDenied={AccessDenied}
      error={Broken}
      dashboard={Home}
      requireAuth
      disableTelemetry
      title="Vastus"
    >
      <Resource name="patients" list={PatientList} create={PatientRegister} edit={PatientEdit} show={PatientChart} />
      <Resource name="injections" list={InjectionList} />
      <Resource name="adverse-events" list={AdverseEventList} show={AdverseEventShow} />
      <Resource name="lab-results" list={LabResultList} />
      <Resource name="alerts" list={AlertQueue} />
      <Resource name="lots" list={LotList} />
      <Resource name="imports" list={ImportPage} />
      <Resource name="audit" list={AuditList} />
      <Resource name="products" />
      <CustomRoutes>
        <Route
          path="/patients/:id/self-injection"
          element={
            <Only permission="patient.read">
              <SelfInjection />
            </Only>
          }
        />
        <Route
          path="/lots/:id/recall"
          element={
            <Only permission="lot.read">
              <LotRecall />
            </Only>
          }
        />
        <Route
          path="/protocol"
          element={
            <Only permission="protocol.read">
              <Protocol />
            </Only>
          }
        />
        <Route
          path="/protocol/:versionId"
          element={
            <Only permission="protocol.read">
              <ProtocolVersion />
            </Only>
          }
        />
        <Route path="/account" element={<AccountPage />} />
        <Route
          path="/staff"
          element={
            <Only permission="staff.manage">
              <StaffPage />
            </Only>
          }
        />
        <Route
          path="/system"
          element={
            <Only permission="system.read">
              <SystemPage />
            </Only>
          }
        />
        <Route path="/rules" element={<RuleList />} />
        <Route path="/rules/:ruleId" element={<RulePage />} />
        <Route
          path="/start-course"
          element={
            <Only permission="course.start">
              <StartCourse />
            </Only>
          }
        />
        <Route
          path="/log-injection"
          element={
            <Only permission="injection.record">
              <LogInjection />
            </Only>
          }
        />
        <Route
          path="/report-event"
          element={
            <Only permission="adverse-event.record">
              <ReportEvent />
            </Only>
          }
        />
        <Route
          path="/enter-result"
          element={
            <Only permission="lab-result.record">
              <EnterResult />
            </Only>
          }
        />
      </CustomRoutes>
      <CustomRoutes noLayout>
        <Route
          path="/join"
          element={
            <Suspense fallback={null}>
              <JoinPage />
            </Suspense>
          }
        />
      </CustomRoutes>
    </CoreAdminUI>
  </AdminContext>
);
