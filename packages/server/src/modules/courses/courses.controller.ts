import { Controller } from '@nestjs/common';
import {
  acceptProposal,
  declineProposal,
  endCourse,
  endLoading,
  type Input,
  listCourses,
  listProposals,
  recordWorkUp,
  startCourse,
} from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { CoursesService } from './courses.service.js';

@Controller()
export class CoursesController {
  constructor(private readonly courses: CoursesService) {}

  @Handles(startCourse)
  start(@By() caller: Caller, @In() input: Input<typeof startCourse>) {
    return this.courses.start(caller, input);
  }

  @Handles(listCourses)
  list(@By() caller: Caller, @In() input: Input<typeof listCourses>) {
    return this.courses.list(caller, input);
  }

  @Handles(endLoading)
  endLoading(@By() caller: Caller, @In() input: Input<typeof endLoading>) {
    return this.courses.endLoading(caller, input);
  }

  @Handles(recordWorkUp)
  recordWorkUp(@By() caller: Caller, @In() input: Input<typeof recordWorkUp>) {
    return this.courses.recordWorkUp(caller, input);
  }

  @Handles(endCourse)
  end(@By() caller: Caller, @In() input: Input<typeof endCourse>) {
    return this.courses.end(caller, input);
  }

  @Handles(listProposals)
  listProposals(@By() caller: Caller, @In() input: Input<typeof listProposals>) {
    return this.courses.listProposals(caller, input);
  }

  @Handles(acceptProposal)
  accept(@By() caller: Caller, @In() input: Input<typeof acceptProposal>) {
    return this.courses.accept(caller, input);
  }

  @Handles(declineProposal)
  decline(@By() caller: Caller, @In() input: Input<typeof declineProposal>) {
    return this.courses.decline(caller, input);
  }
}
