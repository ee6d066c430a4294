import { Container, useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate, useLocation } from 'react-router';
import { setLanguage } from '../i18n.js';
import { sessionQuery, useMe } from '../session.js';
import { Frame } from '../ui/frame.js';
import { PageSkeleton } from '../ui/page-skeleton.js';
import { ProblemAlert } from '../ui/problem-alert.js';
import { homeOf } from '../ui/sections.js';

/** Lets the signed-in through to the frame, others to the sign-in, which brings them back. */
export function Gate() {
  const { data: me, error, isPending, refetch } = useQuery(sessionQuery);
  const { pathname, search } = useLocation();
  const { setColorScheme } = useMantineColorScheme();
  const theme = me?.theme;
  const language = me?.language;
  useEffect(() => {
    if (theme) setColorScheme(theme);
    // eslint-disable-next-line react/exhaustive-deps -- Mantine gives a new function on each drawing
  }, [theme]);
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language]);
  if (isPending) return <PageSkeleton />;
  // Whoever is known to be signed in keeps the page, with what was typed there, while the server is away.
  if (error && !me) {
    return (
      <Container size="sm" py="xl">
        <ProblemAlert problem={error} onRetry={() => void refetch()} />
      </Container>
    );
  }
  if (!me) return <Navigate to={pathname === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(pathname + search)}`} replace />;
  return <Frame />;
}

/** The bare address leads to where the role's day begins. */
export function Home() {
  const { role } = useMe();
  return <Navigate to={homeOf(role)} replace />;
}
