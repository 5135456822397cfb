import './styles/tokens.css';
import './styles/base.css';
import './styles/field.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { connectApi } from './api.ts';
import { createAppState } from './state/app-state.ts';
import { Connection } from './state/connection.svelte.ts';
import { applyRememberedTheme } from './theme.ts';

applyRememberedTheme();
const connection = new Connection();
const app = createAppState(connectApi(connection.hear), connection);
mount(App, { target: document.getElementById('app')!, props: { app } });
