import { Module } from '@nestjs/common';
import { ChannelsController } from './channels.controller.js';
import { ConnectChannel } from './connect-channel.js';
import { ConnectorsController } from './connectors.controller.js';
import { KeepChannels } from './keep-channels.js';
import { QuarantineController } from './quarantine.controller.js';
import { SealedSettings } from './sealed-settings.js';

@Module({
  controllers: [ChannelsController, ConnectorsController, QuarantineController],
  providers: [ConnectChannel, KeepChannels, SealedSettings],
})
export class ChannelAdminModule {}
