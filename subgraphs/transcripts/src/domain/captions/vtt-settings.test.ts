import { describe, expect, it } from 'vitest';
import { parseRegion } from './vtt-region.ts';
import { parseCueSettings } from './vtt-settings.ts';

describe('parseCueSettings', () => {
  it('has the defaults of VTTCue', () => {
    expect(parseCueSettings('', new Map())).toEqual({
      region: null,
      vertical: '',
      line: 'auto',
      lineAlign: 'start',
      snapToLines: true,
      position: 'auto',
      positionAlign: 'auto',
      size: 100,
      align: 'center',
    });
  });

  it('reads every setting', () => {
    const cue = parseCueSettings(
      ' align:end line:10%,center position:20%,line-left size:35.5% vertical:rl',
      new Map(),
    );
    expect(cue).toMatchObject({ align: 'end', line: 10, lineAlign: 'center', snapToLines: false });
    expect(cue).toMatchObject({ position: 20, positionAlign: 'line-left', size: 35.5, vertical: 'rl' });
  });

  it('ignores what does not parse and keeps the rest', () => {
    const cue = parseCueSettings('align:middle line:1-2 size:101% position:5 :x y: align:left', new Map());
    expect(cue).toMatchObject({ align: 'left', line: 'auto', size: 100, position: 'auto' });
  });

  it('takes the region away from a cue that is placed by line', () => {
    const regions = new Map([['top', parseRegion('id:top')]]);
    expect(parseCueSettings('region:top', regions).region?.id).toBe('top');
    expect(parseCueSettings('region:top line:0', regions).region).toBeNull();
  });
});

describe('parseRegion', () => {
  it('reads every setting', () => {
    expect(parseRegion('id:a width:40%\nlines:2 regionanchor:1%,2% viewportanchor:3%,4% scroll:up')).toEqual({
      id: 'a',
      width: 40,
      lines: 2,
      regionAnchorX: 1,
      regionAnchorY: 2,
      viewportAnchorX: 3,
      viewportAnchorY: 4,
      scroll: 'up',
    });
  });

  it('ignores half an anchor', () => {
    expect(parseRegion('regionanchor:1% viewportanchor:1%,x')).toMatchObject({
      regionAnchorX: 0,
      viewportAnchorX: 0,
    });
  });
});
