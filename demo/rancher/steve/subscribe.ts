/**
 * `/v1/subscribe`: the websocket over which lists stay up to date.
 *
 * Source: apiserver pkg/subscribe (watcher.go, handler.go, debouncer.go), steve pkg/resources/counts/buffer.go;
 * messages recorded from a real Steve.
 */
import type { WebSocket } from 'ws';

import { objectAt, stringAt, type JsonObject } from '../json';
import { idOf, type ObjectEvent } from '../objects';
import { typeNamed, type ResourceType } from '../types';
import { countsFor } from './counts';
import { methodsOf } from './methods';
import { resourceOf, type Viewer } from './resources';
import { NOTHING, concerns, keyOf, message, subscriptionFrom, type Subscription } from './subscription';

const CHANGES = 'resource.changes';
const DEFAULT_DEBOUNCE = 5000;
const COUNTS_BUFFER = 5000;
const PING_INTERVAL = 30_000;

/** Types without events of their own that can still be subscribed to. */
const SILENT = new Set(['schema', 'userpreference', 'apiRoot']);

/** Serves one websocket until it closes. `viewerNow` is asked again for each event, so that rights are those of the moment. */
export function serveSubscriptions(socket: WebSocket, viewerNow: () => Viewer, serverVersion: string): void {
  const stops = new Map<string, () => void>();
  const ping = setInterval(() => send({ name: 'ping', data: { ...NOTHING, version: serverVersion } }), PING_INTERVAL);
  const send = (message: JsonObject): void => {
    if (socket.readyState === socket.OPEN) {
      socket.send(`${ JSON.stringify(message) }\n`);
    }
  };

  socket.on('message', (data) => {
    const request = subscriptionFrom(String(data));

    if ('error' in request) {
      send({ name: 'resource.error', data: { error: request.error } });

      return;
    }

    const key = keyOf(request);
    const stop = stops.get(key);

    if (request.stop) {
      stop?.();
      if (stops.delete(key)) {
        send(message('resource.stop', request));
      }
    } else if (!stop) {
      stops.set(key, () => undefined);
      start(request, viewerNow, send, (running) => stops.set(key, running), () => {
        stops.delete(key);
        send(message('resource.stop', request));
      });
    }
  });
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    for (const stop of stops.values()) {
      stop();
    }
    stops.clear();
  });
}

type Send = (message: JsonObject) => void;

function start(subscription: Subscription, viewerNow: () => Viewer, send: Send, started: (stop: () => void) => void, ended: () => void): void {
  const fail = (error: string): void => {
    send({ ...message('resource.error', subscription), data: { error } });
    ended();
  };

  if (subscription.resourceType === 'count') {
    send(message('resource.start', subscription));
    started(watchCounts(subscription, viewerNow, send));

    return;
  }
  if (SILENT.has(subscription.resourceType)) {
    send(message('resource.start', subscription));

    return;
  }

  const type = typeNamed(subscription.resourceType);

  if (!type || !methodsOf(type, viewerNow().access)) {
    fail(`failed to find schema ${ subscription.resourceType }`);

    return;
  }
  send(message('resource.start', subscription));

  const past = subscription.resourceVersion === '' ? [] : viewerNow().objects.since(type, subscription.resourceVersion);

  if (!past) {
    fail('resourceversion too old');

    return;
  }

  const seen = new Set(viewerNow().objects.list(type).filter((object) => mayWatch(type, object, viewerNow())).map(idOf));
  const deliver = subscription.mode === CHANGES ? debounced(subscription, send) : sent(subscription, type, viewerNow, send);
  const listener = (event: ObjectEvent): void => {
    if (event.type === type && concerns(event, subscription) && isToldOf(event, seen, viewerNow())) {
      deliver.event(event);
    }
  };

  past.forEach(listener);

  const off = viewerNow().objects.onEvent(listener);

  started(() => {
    off();
    deliver.end();
  });
}

interface Delivery {
  event(event: ObjectEvent): void;
  end(): void;
}

function sent(subscription: Subscription, type: ResourceType, viewerNow: () => Viewer, send: Send): Delivery {
  return {
    event: (event) => send({
      ...message(event.name, subscription),
      revision: event.revision,
      data: resourceOf(type, event.object, viewerNow(), 'times', new URLSearchParams())
    }),
    end: () => undefined
  };
}

/** The first notification goes out at once, later ones together after the pause. */
function debounced(subscription: Subscription, send: Send): Delivery {
  let timer: NodeJS.Timeout | undefined;
  let first = true;
  let revision = '';
  const notify = (): void => {
    timer = undefined;
    send({ ...message(CHANGES, subscription), revision });
  };

  return {
    event(event) {
      revision = event.revision;
      if (first) {
        first = false;
        notify();
      } else {
        timer ??= setTimeout(notify, subscription.debounceMs || DEFAULT_DEBOUNCE);
      }
    },
    end: () => clearTimeout(timer)
  };
}

function watchCounts(subscription: Subscription, viewerNow: () => Viewer, send: Send): () => void {
  const changed = new Set<ResourceType>();
  let timer: NodeJS.Timeout | undefined;
  let before = objectAt(countsFor(viewerNow()), 'counts');
  const flush = (): void => {
    const types = [...changed];
    const counts = countsFor(viewerNow(), types);
    const now = objectAt(counts, 'counts');

    timer = undefined;
    changed.clear();
    if (JSON.stringify(now) !== JSON.stringify(Object.fromEntries(types.map((type) => [type.id, before[type.id]])))) {
      send({ ...message('resource.change', subscription), data: counts });
    }
    before = { ...before, ...now };
  };
  const off = viewerNow().objects.onEvent((event) => {
    changed.add(event.type);
    timer ??= setTimeout(flush, COUNTS_BUFFER);
  });

  return () => {
    off();
    clearTimeout(timer);
  };
}

/** What one's rights come from may be gone with the object itself: its removal is told to all who could see it before. */
function isToldOf({ name, type, object }: ObjectEvent, seen: Set<string>, viewer: Viewer): boolean {
  const id = idOf(object);

  if (mayWatch(type, object, viewer)) {
    seen.add(id);

    return true;
  }

  return seen.delete(id) && name === 'resource.remove';
}

function mayWatch(type: ResourceType, object: JsonObject, viewer: Viewer): boolean {
  const name = stringAt(object, 'metadata', 'name');

  return viewer.access.grants('watch', type, stringAt(object, 'metadata', 'namespace'), name)
    || (type.id === 'namespace' && viewer.access.namespaces().includes(name));
}
