// The lessons that have an address of their own.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { h, reactive, type FunctionalComponent } from 'vue';
import type { VueWrapper } from '@vue/test-utils';

import { LESSONS } from '../../audit/lint/lessons';
import LessonHint from '../../components/lessons/LessonHint.vue';
import LessonsPage from '../../components/lessons/LessonsPage.vue';
import type { Target } from '../../rancher/pages';
import { mountPart, settled, wordsOf, type HostOptions } from './host';

const RouterLink: FunctionalComponent<{ to: Target }> = ({ to }, { slots }) => h('a', { href: `/${ to.name }/${ to.params?.['lesson'] ?? '' }` }, slots['default']?.());

let part: VueWrapper;

afterEach(() => part.unmount());

function open(lesson?: string, options: HostOptions = {}): void {
  part = mountPart(LessonsPage, {}, { route: { query: {}, params: lesson === undefined ? {} : { lesson } }, components: { RouterLink }, ...options });
}

describe('the page of a lesson', () => {
  it.each([['groups'], ['lint.groupCore']])('has its words, by %s', (name) => {
    open(name);
    expect(part.get('h1').text()).toBe('API groups');
    expect(part.get('[data-testid="audit-lesson"]').text()).toContain('the core group, which is written ""');
    expect(part.find('[data-testid="audit-lesson-unknown"]').exists()).toBe(false);
  });

  it.each([['nonsense'], ['lint.nonsense'], ['constructor']])('says that there is no lesson %s, and lists those that there are', (name) => {
    open(name);
    expect(part.get('[data-testid="audit-lesson-unknown"]').text()).toContain(`There is no lesson “${ name }”.`);
    expect(part.find('[data-testid="audit-lesson"]').exists()).toBe(false);
    expect(part.get('nav').findAll('a').map((link) => link.attributes('href'))).toEqual(LESSONS.map((lesson) => `/cluster-audit-log-lessons/${ lesson }`));
  });

  it('without a name lists all, in the user’s language', () => {
    open(undefined, { locale: 'zh-hans' });
    expect(part.get('h1').text()).toBe(wordsOf('zh-hans').get('clusterAudit.lessons.all'));
    expect(part.get('nav').findAll('li')).toHaveLength(LESSONS.length);
    expect(part.find('[data-testid="audit-lesson-unknown"]').exists()).toBe(false);
  });
});

describe('another lesson', () => {
  it('has the keyboard at its heading, which is read out then', async () => {
    const route = reactive({ query: {}, params: { lesson: 'groups' } });

    part = mountPart(LessonsPage, {}, { route, components: { RouterLink } });
    route.params = { lesson: 'verbs' };
    await settled();
    expect(document.activeElement?.textContent).toBe('Verbs');
  });
});

describe('the lesson of a finding', () => {
  it('opens beside the form that may have edits, and its link can be copied', async () => {
    const writeText = vi.fn(async () => undefined);

    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText } });
    part = mountPart(LessonHint, { lesson: 'groups' });
    const link = part.get('[data-testid="audit-lesson-open"]');

    expect([link.attributes('href'), link.attributes('target'), link.attributes('rel')]).toEqual([`${ window.location.origin }/dashboard/cluster-audit-log-lessons/groups`, '_blank', 'noopener noreferrer']);
    expect([link.text(), link.attributes('aria-label')]).toEqual(['Open this lesson in a new tab', 'Open this lesson in a new tab: API groups']);
    expect(part.get('[data-testid="audit-lesson-copy"]').attributes('aria-label')).toBe('Copy its link: API groups');
    await part.get('[data-testid="audit-lesson-copy"]').trigger('click');
    await settled();
    expect(writeText).toHaveBeenCalledWith(link.attributes('href'));
    expect(part.text()).toContain('The link is copied.');
  });
});
