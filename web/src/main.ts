import { createApp } from 'vue'
import App from './App.vue'
import { i18n, storedLocale, useLanguage } from './i18n'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/lists.css'
import './styles/report.css'
import './styles/account.css'
import './styles/returns.css'

void useLanguage(storedLocale()).finally(() => createApp(App).use(i18n).use(router).mount('#app'))
