import 'reflect-metadata';
import { Socket } from 'node:net';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './migrations.js';
import { PreparingClient } from './preparing-client.js';

/** The role that the application runs under: it owns nothing and cannot bypass row-level security (made by the first migration). */
export const applicationRole = 'razvilka_app';

/** Connects as the owner of the schema: for migrations, the schema dump and the queue. */
export function ownerDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    migrations,
    migrationsTransactionMode: 'each',
    applicationName: 'razvilka-owner',
    installExtensions: false,
  });
}

const statementTimeoutMs = 10_000;

/**
 * Connects as the application. The role is a start-up option of every connection, so no query ever runs as the owner; statements end after 10 s, and a
 * connection on which nothing came back by then is dead (a firewall that forgot it) and makes way for a new one. `poolSize` counts connections.
 */
export function applicationDataSource(url: string, poolSize: number): DataSource {
  return new DataSource({
    type: 'postgres',
    driver: pg,
    url,
    poolSize,
    applicationName: 'razvilka',
    installExtensions: false,
    extra: {
      Client: PreparingClient,
      // Prepared statements are read and rewritten once and still planned for their values: a plan that was kept from when a table was small would read it whole.
      options: `-c role=${applicationRole} -c statement_timeout=${statementTimeoutMs} -c idle_in_transaction_session_timeout=30000 -c plan_cache_mode=force_custom_plan`,
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
      stream: impatientSocket,
    },
  });
}

/** The pool lets go of idle connections before this, so silence is that of a question without an answer. */
function impatientSocket(): Socket {
  const socket = new Socket();
  return socket.setTimeout(statementTimeoutMs + 500, () => socket.destroy(new Error('Connection terminated: nothing came for too long')));
}
