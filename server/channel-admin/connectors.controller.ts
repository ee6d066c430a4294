import { Controller, Get, SerializeOptions } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { connectorInfo } from '../../api/channels.js';
import { pageOf } from '../../api/page.js';
import { Roles } from '../auth/roles.js';
import { connectors } from '../channels/connectors.js';
import { formOf } from './settings-form.js';

const connectorPage = pageOf(connectorInfo);

@ApiTags('Channels')
@Controller('api/connectors')
export class ConnectorsController {
  /** What can be connected, with the form of its settings. */
  @Get()
  @Roles('owner', 'admin', 'analyst')
  @SerializeOptions({ schema: connectorPage })
  @ApiResponse({ status: 200, standardSchema: connectorPage })
  list(): z.infer<typeof connectorPage> {
    const items = [...connectors.values()].map((connector) => {
      const { kind, title, description, icon } = connector;
      return { kind, title, description, icon, form: formOf(connector), connectsItself: connector.connect !== undefined };
    });
    return { items, nextCursor: null };
  }
}
