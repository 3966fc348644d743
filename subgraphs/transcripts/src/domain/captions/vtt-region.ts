import { parsePercentage, settingPairs } from './vtt-setting-syntax.ts';

/** An area of the picture that cues may scroll in, with the names and defaults of `VTTRegion`. */
export interface VttRegion {
  id: string;
  /** Percent of the picture's width. */
  width: number;
  lines: number;
  regionAnchorX: number;
  regionAnchorY: number;
  viewportAnchorX: number;
  viewportAnchorY: number;
  scroll: '' | 'up';
}

/** Reads the body of a REGION block; settings that do not parse are ignored (W3C WebVTT, "collect WebVTT region settings"). */
export function parseRegion(body: string): VttRegion {
  const region = defaultRegion();
  for (const [name, value] of settingPairs(body)) {
    if (name === 'id') region.id = value;
    else if (name === 'width') region.width = parsePercentage(value) ?? region.width;
    else if (name === 'lines' && /^\d+$/.test(value)) region.lines = Number(value);
    else if (name === 'scroll' && value === 'up') region.scroll = 'up';
    else if (name === 'regionanchor')
      applyAnchor(value, (x, y) => Object.assign(region, { regionAnchorX: x, regionAnchorY: y }));
    else if (name === 'viewportanchor') {
      applyAnchor(value, (x, y) => Object.assign(region, { viewportAnchorX: x, viewportAnchorY: y }));
    }
  }
  return region;
}

function defaultRegion(): VttRegion {
  return {
    id: '',
    width: 100,
    lines: 3,
    regionAnchorX: 0,
    regionAnchorY: 100,
    viewportAnchorX: 0,
    viewportAnchorY: 100,
    scroll: '',
  };
}

function applyAnchor(value: string, set: (x: number, y: number) => void): void {
  const comma = value.indexOf(',');
  const x = parsePercentage(value.slice(0, Math.max(comma, 0)));
  const y = parsePercentage(value.slice(comma + 1));
  if (x !== undefined && y !== undefined) set(x, y);
}
