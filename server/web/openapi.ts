import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** What the code's own schemas say of every route under /api. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Razvilka')
    .setDescription(
      'Errors are application/problem+json. Lists take `limit` and `cursor`. A change made with the cookie needs X-Requested-With: razvilka.',
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'An API token' })
    .addCookieAuth('sid', { type: 'apiKey', in: 'cookie', description: 'The session of POST /api/session' })
    .build();
  return SwaggerModule.createDocument(app, about);
}

/** The page /api/docs and the document /api/openapi.json, made at the first visit. */
export function serveApiDocs(app: NestFastifyApplication): void {
  let made: OpenAPIObject | undefined;
  SwaggerModule.setup('api/docs', app, () => (made ??= describeApi(app)), {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'Razvilka: API',
  });
}
