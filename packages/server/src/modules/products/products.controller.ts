import { Controller } from '@nestjs/common';
import { addGtin, changeLotStatus, type Input, listLots, listProducts, readLotOfTheDay, receiveLot } from '@vastus/contract';
import type { Caller } from '../../platform/routing/caller.js';
import { By, Handles, In } from '../../platform/routing/handles.js';
import { ProductsService } from './products.service.js';

@Controller()
export class ProductsController {
  constructor(private readonly products: ProductsService) {}

  @Handles(listProducts)
  list(@By() caller: Caller) {
    return this.products.list(caller);
  }

  @Handles(addGtin)
  addGtin(@By() caller: Caller, @In() input: Input<typeof addGtin>) {
    return this.products.addGtin(caller, input);
  }

  @Handles(listLots)
  lots(@By() caller: Caller, @In() input: Input<typeof listLots>) {
    return this.products.lots(caller, input);
  }

  @Handles(readLotOfTheDay)
  lotOfTheDay(@By() caller: Caller, @In() input: Input<typeof readLotOfTheDay>) {
    return this.products.lotOfTheDay(caller, input);
  }

  @Handles(receiveLot)
  receive(@By() caller: Caller, @In() input: Input<typeof receiveLot>) {
    return this.products.receive(caller, input);
  }

  @Handles(changeLotStatus)
  changeStatus(@By() caller: Caller, @In() input: Input<typeof changeLotStatus>) {
    return this.products.changeStatus(caller, input);
  }
}
