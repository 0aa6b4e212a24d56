// Copyright 2026 The Fairway Authors. SPDX-License-Identifier: Apache-2.0

import '@backstage/ui/css/styles.css';
import './theme/tokens.css';
import ReactDOM from 'react-dom/client';
import App from './App';

ReactDOM.createRoot(document.getElementById('root')!).render(App.createRoot());
