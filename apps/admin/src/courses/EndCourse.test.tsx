import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCourse, NOTHING_CHANGED, someFacts } from '../testing/records.js';
import { id, open } from '../testing/screen.js';
import { EndCourseDialog } from './CourseDialogs.js';

const END = 'POST /courses/:courseId/end';
const show = (known = someFacts()) =>
  open(<EndCourseDialog course={aCourse()} onClose={() => undefined} />, {
    role: 'physician',
    api: { 'GET /patients/:patientId/facts': known, [END]: { course: aCourse({ endedOn: '2026-11-20' }), changes: NOTHING_CHANGED } },
  });
const choose = async (reason: string) => {
  await userEvent.click(await screen.findByRole('combobox', { name: /Reason/ }));
  await userEvent.click(within(await screen.findByRole('listbox')).getByRole('option', { name: reason }));
};

describe('ending a course', () => {
  it('because levels are normal is stopped at once, and needs the physician’s reason (RX-LIFELONG)', async () => {
    const page = show();
    await choose('Levels are normal');
    expect(await screen.findByText(/Treatment is lifelong/)).toBeInTheDocument();
    const end = screen.getByRole('button', { name: 'End course' });
    expect(end).toBeDisabled();
    await userEvent.type(screen.getByRole('textbox', { name: /Go on in spite/ }), 'Diagnosis was wrong');
    await userEvent.click(end);
    expect(page.asked(END)[0]!.body).toMatchObject({ reason: 'levels-normal', overrideReason: 'Diagnosis was wrong' });
  });

  it('changing to oral while loading with nerve symptoms is stopped (RX-ORAL-NEURO)', async () => {
    const known = someFacts();
    const loading = known.facts.courses.map((course) => ({
      ...course,
      neurologicalInvolvement: true,
      regimen: 'loading-alternate-days' as const,
    }));
    show({ ...known, facts: { ...known.facts, courses: loading } });
    await choose('Changed to another route');
    expect(await screen.findByText(/oral B12 is not enough/)).toBeInTheDocument();
  });

  it('for any other reason asks nothing more', async () => {
    const page = show();
    await choose('Patient declines');
    await userEvent.click(screen.getByRole('button', { name: 'End course' }));
    expect(page.asked(END)[0]!.body).toMatchObject({ reason: 'declined', overrideReason: null });
    expect(page.asked(END)[0]!.path).toContain(id(10));
  });
});
