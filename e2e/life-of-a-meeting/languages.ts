import { readFileSync } from 'node:fs';

/** Something that the language model is to note: its own words, and words of the segment it quotes. */
export interface Noted {
  readonly text: string;
  readonly said: string;
}

/** What the scenario needs to be lived in one language. */
export interface Language {
  readonly language: 'en' | 'ko';
  readonly title: string;
  readonly captions: string;
  /** Labels of the captions that are the organizer and the colleague, and what they are called. */
  readonly voices: readonly [string, string];
  readonly names: readonly [string, string];
  /** What people read in mails and labels. */
  readonly words: { readonly invited: string; readonly shared: string; readonly fallback: string };
  /** A segment that both correct at the same time: who says it, words of it, what it should be by either and by both. */
  readonly contested: { readonly by: 0 | 1; said: string; mine: string; yours: string; agreed: string };
  /** Another one, which the organizer corrects on the same basis. */
  readonly merged: { readonly said: string; readonly text: string };
  readonly overview: string;
  readonly decision: Noted;
  /** In this order one is accepted as the colleague's, one edited, one rejected. */
  readonly actions: readonly (Noted & { readonly assignee: string | null; dueText: string | null })[];
  readonly edited: string;
  /** What people type, and a part of what they find. */
  readonly searches: { readonly said: readonly [string, string]; readonly noted: readonly [string, string] };
}

const sample = (name: string): string =>
  readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8');

const ENGLISH: Language = {
  language: 'en',
  title: 'Release sync',
  captions: `${sample('release-sync.en.vtt')}
00:00:40.000 --> 00:00:44.000
<v Speaker 2>The next meeting is next Tuesday at 2 pm.</v>
`,
  voices: ['Speaker 2', 'Speaker 1'],
  names: ['Dana', 'Sarah'],
  words: {
    invited: 'You are invited to “Release sync”',
    shared: '“Release sync” was shared with you',
    fallback: 'No language model wrote these minutes',
  },
  contested: {
    by: 1,
    said: 'decided to move the release',
    mine: 'We decided to move the release from the 16th to the 18th of March.',
    yours: 'We decided to move the release to the eighteenth of March.',
    agreed: 'We decided to move the release from March 16 to March 18.',
  },
  merged: { said: 'three open problems', text: 'We still have four open problems with the payment system.' },
  overview: 'The release moves to March 18, and the payment problems stay in work.',
  decision: { text: 'The release moves to March 18.', said: 'from March 16 to March 18' },
  actions: [
    { text: 'Send the report.', said: 'I will send', assignee: 'Sarah', dueText: 'by Friday afternoon' },
    { text: 'Contact the customer.', said: 'Sarah needs to', assignee: 'Sarah', dueText: null },
    { text: 'Prepare slides.', said: 'short presentation', assignee: null, dueText: null },
  ],
  edited: 'Confirm the delivery date with the customer.',
  searches: {
    said: ['"delivery date" contacting', 'contact the customer'],
    noted: ['moved release', 'March 18'],
  },
};

const KOREAN: Language = {
  language: 'ko',
  title: '앱 출시 회의',
  captions: sample('app-release.ko.vtt').replace('3월 11일 오전', '다음 주 수요일 오전'),
  voices: ['김민준', '박도윤'],
  names: ['김민준', '박도윤'],
  words: {
    invited: '‘앱 출시 회의’에 초대되었습니다',
    shared: '‘앱 출시 회의’가 공유되었습니다',
    fallback: '언어 모델이 작성한 회의록이 아닙니다',
  },
  contested: {
    by: 0,
    said: '미루기로 하겠습니다',
    mine: '그럼 출시일은 3월 18일로 미루기로 하겠습니다.',
    yours: '그럼 출시는 수요일로 미루기로 하겠습니다. 이견 있나요?',
    agreed: '그럼 출시일은 3월 18일 수요일로 미루기로 했습니다. 이견 있으신가요?',
  },
  merged: { said: '문의가 40건', text: '계속 들어오고 있어요. 지난주에만 문의가 45건 넘었습니다.' },
  overview: '출시일을 3월 18일로 미루고 결제 오류를 먼저 고치기로 했다.',
  decision: { text: '출시일을 3월 18일로 미룬다.', said: '미루기로 했습니다' },
  actions: [
    { text: '결제 오류를 고친다.', said: '10초로 늘리고', assignee: '박도윤', dueText: '다음 주 수요일까지' },
    { text: '법무팀에 문의한다.', said: '내일 오전까지', assignee: '김민준', dueText: '내일 오전까지' },
    { text: '보도자료를 바꾼다.', said: '보도자료', assignee: null, dueText: '이번 주 금요일까지' },
  ],
  edited: '광고 알림 동의 문구를 법무팀에 확인한다.',
  searches: { said: ['법무팀 검토', '법무팀 검토가 필요한데'], noted: ['출시일', '출시일을 3월 18일로'] },
};

/** The languages of the product. */
export const LANGUAGES: readonly Language[] = [ENGLISH, KOREAN];
