const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/u));

/** English function words and the small change of conversation, in lower case. */
export const ENGLISH_STOP_WORDS = words(`
a about above actually after again against ah all almost alright also although always am an and another any anybody
anything anyway are aren't around as at away back be because been before being below between both but by bye came can
can't cannot come comes coming could couldn't definitely did didn't do does doesn't doing don't done down during each
eh either else enough er even ever every everybody everyone everything exactly far few fine first for from further
gave get gets getting give given go goes going gone gonna good got gotta great guess guys had hadn't happen has hasn't
have haven't having he he's her here here's hers herself hi him himself his hmm how however huh i i'd i'll i'm i've if
in indeed instead into is isn't it it'd it'll it's its itself just kay kind kinda know last least less let let's like
likely little look looking lot lots made make makes making many may maybe me mean means might mm mm-hmm more most much
must my myself need needs never next nice no nobody none nope nor not nothing now obviously of off oh ok okay on once
one ones only onto or other others otherwise ought our ours ourselves out over own part people perhaps please possible
pretty probably put quite rather really right said same saw say saying says second see seem seems seen sense several
shall she she's should shouldn't since so some somebody somehow someone something sometimes somewhat somewhere soon
sorry sort sorta start still stuff such sure take taken takes taking talk talking tell than thank thanks that that'd
that'll that's the their theirs them themselves then there there'd there'll there're there's these they they'd they'll
they're they've thing things think thinking this those though thought three through throughout time times to today
together told too took totally towards tried try trying two uh um under unless until up upon us use used using usually
very wanna want wanted wants was wasn't way ways we we'd we'll we're we've well went were weren't what what's whatever
when where whereas whether which while who who's whole whom whose why will with within without won't word work would
wouldn't wow yeah year years yep yes yet you you'd you'll you're you've your yours yourself yourselves
`);

/** Korean function words, greetings and bare verbs that survive particle stripping. */
export const KOREAN_STOP_WORDS = words(`
가지 감사합니다 거 거기 거기서 거의 건 걸 것 게 경우 계속 고맙습니다 곧 관련 괜찮습니다 그 그거 그건 그걸 그게 그냥 그대로 그때
그래 그래도 그래서 그러면 그런 그런데 그럼 그렇게 그렇죠 그리고 그중 그쪽 근데 기타 나 나중 남 내 내년 내일 너무 네 네네 누가 다
다들 다른 다시 다음 다음주 대부분 대해 대해서 더 둘 뒤 등 따로 때 때문 또 또는 뭐 많이 말 말씀 매우 먼저 모두 모든 목요일 무슨
무조건 무엇 물론 바로 밖에 반 밑 방금 번 보면 보고 분 사실 사이 사람 생각 수 수고하셨습니다 수요일 시간 시작 아 아까 아니 아니요
아마 아주 아직 안 앞 앞으로 약간 어 어떤 어떻게 어제 언제 얘기 얼마나 없습니다 없어요 여기 여러분 여부 역시 오늘 오전 오후 올해 왜
요 우리 우선 원래 월요일 위 위해 음 응 이 이거 이건 이걸 이것 이게 이따 이런 이렇게 이미 이번 이상 이전 이제 이후 일단 일요일 있는
있습니다 있어요 자 잘 잠깐 저 저거 저건 저기 저는 저도 저희 전 전체 전혀 정도 정말 제 제가 조금 좀 좋습니다 주 주말 중 중에 지금
지난 지난번 지난주 진짜 쪽 참 첫 최대한 최소 측면 통해 토요일 특히 하나 하는 하지만 한 한번 할 함께 합니다 항상 해 해서 해야 했습니다
혹시 화요일 확인 회의 후 금요일 이번주 하고 하면 하죠 할게요 해요 없는 있고 있는데 되면 되는 되는데 됩니다 돼요 안녕하세요 알겠습니다
`);
