import { watch } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { locale, t } from './i18n'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      component: () => import('./features/home/HomePage.vue'),
      meta: { title: 'returns', ownPeriod: true },
    },
    {
      path: '/returns',
      component: () => import('./features/returns/ReturnsPage.vue'),
      meta: { title: 'returns', ownPeriod: true },
    },
    {
      path: '/report',
      component: () => import('./features/report/ReportPage.vue'),
      meta: { title: 'report' },
    },
    {
      path: '/figures',
      component: () => import('./features/figures/FiguresPage.vue'),
      meta: { title: 'figures' },
    },
    {
      path: '/ledgers',
      component: () => import('./features/ledgers/LedgersPage.vue'),
      meta: { title: 'ledgers' },
    },
    {
      path: '/ledgers/:record',
      component: () => import('./features/ledgers/LedgerPage.vue'),
      props: true,
      meta: { title: 'ledgers' },
    },
    {
      path: '/account',
      component: () => import('./features/account/AccountPage.vue'),
      meta: { title: 'account' },
    },
    {
      path: '/users',
      component: () => import('./features/users/UsersPage.vue'),
      meta: { title: 'users' },
    },
    {
      path: '/settings',
      component: () => import('./features/settings/SettingsPage.vue'),
      meta: { title: 'settings' },
    },
    {
      path: '/first-start',
      component: () => import('./features/account/FirstStart.vue'),
      meta: { title: 'firstStart' },
    },
    {
      path: '/forms',
      component: () => import('./features/forms/FormsPage.vue'),
      meta: { title: 'forms' },
    },
    {
      path: '/forms/:id',
      component: () => import('./features/forms/FormPage.vue'),
      props: true,
      meta: { title: 'forms' },
    },
    {
      path: '/imports',
      component: () => import('./features/imports/ImportsPage.vue'),
      meta: { title: 'imports' },
    },
    { path: '/:rest(.*)*', component: () => import('./features/home/NotFoundPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

// The tab's name follows the page and the language.
watch(
  [router.currentRoute, locale],
  ([to]) => {
    const brand = t('common.brand')
    document.title = to.meta.title ? `${t(`common.page.${String(to.meta.title)}`)} · ${brand}` : brand
  },
  { immediate: true },
)

// Where somebody is on their way to, while the page of it is still being fetched.
let heading: string | null = null
router.beforeEach((to) => {
  heading = to.path
})
router.afterEach(() => {
  heading = null
})
export const isUnderWay = () => heading !== null
