import { Module } from '@nestjs/common';
import { AcceptInvitationController } from './accept-invitation.controller.js';
import { AuditLogController } from './audit-log.controller.js';
import { GroupsController } from './groups.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { UsersController } from './users.controller.js';

@Module({ controllers: [UsersController, GroupsController, InvitationsController, AcceptInvitationController, AuditLogController] })
export class PeopleModule {}
