import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import './styles/tokens.css'
import './styles/base.css'
import './styles/lists.css'
import './styles/report.css'
import './styles/account.css'
import './styles/returns.css'

createApp(App).use(router).mount('#app')
