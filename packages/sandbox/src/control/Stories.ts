// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

/** Where to look while a story plays: a page of the portal. */
export interface StoryPlace {
  label: string;
  /** Path in the portal. */
  href: string;
}

/** One guided story of the demo world. */
export interface Story {
  id: string;
  title: string;
  /** What will happen, in a sentence. */
  what: string;
  where: StoryPlace[];
  /** Absent for a story that the person plays alone by following `where`. */
  start?(): Promise<void>;
}

export interface StoryState extends Omit<Story, 'start'> {
  state: 'idle' | 'running' | 'done';
  canStart: boolean;
}

/** The stories and which of them play. */
export class Stories {
  readonly #stories: Story[];
  readonly #states = new Map<string, 'running' | 'done'>();

  constructor(stories: Story[]) {
    this.#stories = stories;
  }

  has(id: string): boolean {
    return this.#stories.some(story => story.id === id && story.start);
  }

  list(): StoryState[] {
    return this.#stories.map(({ start, ...story }) => ({
      ...story,
      state: this.#states.get(story.id) ?? 'idle',
      canStart: Boolean(start),
    }));
  }

  async start(id: string): Promise<void> {
    const story = this.#stories.find(other => other.id === id);
    if (!story?.start || this.#states.get(id) === 'running') {
      return;
    }
    this.#states.set(id, 'running');
    try {
      await story.start();
      this.#states.set(id, 'done');
    } catch (error) {
      this.#states.delete(id);
      throw error;
    }
  }
}
