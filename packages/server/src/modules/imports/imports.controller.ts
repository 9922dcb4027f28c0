import { Controller } from '@nestjs/common';
import { type Input, listImports, previewImport, readImport, runImport } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ImportsService } from './imports.service.js';

@Controller()
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Handles(previewImport)
  preview(@By() caller: Caller, @In() input: Input<typeof previewImport>) {
    return this.imports.preview(caller, input);
  }

  @Handles(runImport)
  run(@By() caller: Caller, @In() input: Input<typeof runImport>) {
    return this.imports.run(caller, input);
  }

  @Handles(readImport)
  read(@By() caller: Caller, @In() { params }: Input<typeof readImport>) {
    return this.imports.read(caller, params.importRunId);
  }

  @Handles(listImports)
  list(@By() caller: Caller, @In() input: Input<typeof listImports>) {
    return this.imports.list(caller, input);
  }
}
