import { createRouter, createWebHistory } from 'vue-router'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    {
      path: '/',
      component: () => import('./features/home/HomePage.vue'),
      meta: { title: '报送', ownPeriod: true },
    },
    {
      path: '/returns',
      component: () => import('./features/returns/ReturnsPage.vue'),
      meta: { title: '报送', ownPeriod: true },
    },
    { path: '/report', component: () => import('./features/report/ReportPage.vue'), meta: { title: '报告' } },
    {
      path: '/figures',
      component: () => import('./features/figures/FiguresPage.vue'),
      meta: { title: '指标' },
    },
    {
      path: '/ledgers',
      component: () => import('./features/ledgers/LedgersPage.vue'),
      meta: { title: '台账' },
    },
    {
      path: '/ledgers/:record',
      component: () => import('./features/ledgers/LedgerPage.vue'),
      props: true,
      meta: { title: '台账' },
    },
    {
      path: '/account',
      component: () => import('./features/account/AccountPage.vue'),
      meta: { title: '我的账号' },
    },
    {
      path: '/users',
      component: () => import('./features/users/UsersPage.vue'),
      meta: { title: '用户' },
    },
    {
      path: '/settings',
      component: () => import('./features/settings/SettingsPage.vue'),
      meta: { title: '设置' },
    },
    {
      path: '/first-start',
      component: () => import('./features/account/FirstStart.vue'),
      meta: { title: '首次使用' },
    },
    {
      path: '/imports',
      component: () => import('./features/imports/ImportsPage.vue'),
      meta: { title: '导入' },
    },
    { path: '/:rest(.*)*', component: () => import('./features/home/NotFoundPage.vue') },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

router.afterEach((to) => {
  document.title = to.meta.title ? `${String(to.meta.title)} · 镇务通` : '镇务通'
})
